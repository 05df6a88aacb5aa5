using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Results;
using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Simulation.Dispatch;

/// <summary>Side effects that only an old object can still have: no configuration of today may say Some or Unknown (contract 11, 15.1, 19.6).</summary>
/// <remarks>Covers <see cref="CallOutcomes"/>.</remarks>
public class DryRunTests
{
    [Theory]
    [InlineData("Some")]
    [InlineData("Unknown")]
    public void CheckDryRun_SideEffects_AreRefusedWithoutACall(string sideEffects)
    {
        var end = Assert.Throws<ApiStatusException>(() => CallOutcomes.CheckDryRun(Webhook(sideEffects), dryRun: true));

        Assert.Equal("admission webhook \"a.b.c\" does not support dry run", end.Message);
        Assert.Equal(400, end.Status["code"]!.GetValue<int>());
    }

    [Fact]
    public void CheckDryRun_SideEffectsNotDeclared_IsAFailedCall() =>
        Assert.Equal("Webhook SideEffects is nil", Assert.Throws<CallFailedException>(() => CallOutcomes.CheckDryRun(Webhook(null), dryRun: true)).Message);

    [Fact]
    public void CheckDryRun_NoDryRun_DoesNotAsk() => CallOutcomes.CheckDryRun(Webhook("Some"), dryRun: false);

    private static WebhookDefinition Webhook(string? sideEffects) => new()
    {
        Mutating = true,
        Configuration = "c",
        Name = "a.b.c",
        ClientConfig = new Admissionregistrationv1WebhookClientConfig(),
        App = new HttpMessageInvoker(new HttpClientHandler()),
        SideEffects = sideEffects,
    };
}
