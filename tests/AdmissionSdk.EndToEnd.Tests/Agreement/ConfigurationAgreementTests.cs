using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Tests.Simulation.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>The simulator refuses the webhook configurations that a real API server refuses, and no others (contract 19).</summary>
/// <remarks>Covers <see cref="ConfigurationValidator"/>, <see cref="SimulatedRuleValidator"/>, <see cref="ApiServerNames"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ConfigurationAgreementTests(ApiServerSession session)
{
    public static TheoryData<string> Names => [.. ConfigurationCases.All.Keys];

    [ApiServerTheory]
    [MemberData(nameof(Names))]
    public async Task RealServer_Configuration_IsRefusedWhenTheSimulatorRefusesIt(string name)
    {
        var (change, violation) = ConfigurationCases.All[name];
        await using var host = await AgreementHost.StartAsync();
        var real = new RealServerUnderTest(session, host);
        var kind = new KindInfo("admissionregistration.k8s.io/v1", V1MutatingWebhookConfiguration.KubeKind, "mutatingwebhookconfigurations", false);
        var body = KubernetesJson.Serialize(TestWebhook.Configuration("agreement-configuration", TestWebhook.Mutating("a", change)));

        var result = await real.SendAsync(new Step(Verb.Create, kind, "", body) { DryRun = true }, "");

        var accepted = result.Code < 300;
        Assert.True(accepted == violation is null, $"The simulator says \"{violation ?? "accepted"}\", the API server {result.Code} {result.Body}");
    }
}
