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
    private const string Conditions = "19.9 ";

    public static TheoryData<string> Names => [.. ConfigurationCases.All.Keys.Where(name => !name.StartsWith(Conditions, StringComparison.Ordinal))];

    public static TheoryData<string> NamesOfConditions => [.. ConfigurationCases.All.Keys.Where(name => name.StartsWith(Conditions, StringComparison.Ordinal))];

    [ApiServerTheory]
    [MemberData(nameof(Names))]
    public Task RealServer_Configuration_IsRefusedWhenTheSimulatorRefusesIt(string name) => AgreeAsync(name);

    // The conditions are those of the newest environment; the last library among them came with 1.34.
    [ApiServerTheory(MinVersion = "1.34")]
    [MemberData(nameof(NamesOfConditions))]
    public Task RealServer_Condition_IsRefusedWhenTheSimulatorRefusesIt(string name) => AgreeAsync(name);

    private async Task AgreeAsync(string name)
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
