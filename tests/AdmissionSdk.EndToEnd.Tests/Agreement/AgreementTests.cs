using AdmissionSdk.EndToEnd.Tests.Agreement.Scenarios;
using AdmissionSdk.EndToEnd.Tests.Agreement.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.Rules.Patching;
using AdmissionSdk.Testing.Rules.Responses;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Verbs;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>
/// The simulator and a real kube-apiserver give the same transcript of every scenario. The transcripts are kept in transcripts.txt, so that the
/// simulator is held to the transcripts on machines without an API server too.
/// </summary>
/// <remarks>
/// Covers docs/apiserver-contract.md, <see cref="SimulatedApiServer"/>, <see cref="ServerCore"/>, <see cref="MutatingDispatcher"/>,
/// <see cref="ValidatingDispatcher"/>, <see cref="WebhookMatcher"/>, <see cref="SimulatedWebhookCaller"/>, <see cref="WebhookResponseReader"/>,
/// <see cref="JsonPatchV4"/>.
/// </remarks>
[Collection(ApiServerCollection.Name)]
public sealed class AgreementTests(ApiServerSession session)
{
    // The small run sends every eighth scenario to the real server, which needs most of a second to install webhooks.
    private const int SmallRunStep = 8;

    public static TheoryData<string> All => [.. ScenarioCatalog.All.Select(scenario => scenario.Name)];

    public static TheoryData<string> Real => [.. ScenarioCatalog.All
        .Where((_, i) => i % SmallRunStep == 0 || Environment.GetEnvironmentVariable("ADMISSION_TESTS") == "full")
        .Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Simulator_Scenario_GivesTheTranscript(string name)
    {
        var transcript = await ScenarioRun.TranscribeAsync(ScenarioCatalog.Get(name), new SimulatedServerUnderTest(SimulatedServerUnderTest.Newest));

        Transcripts.Check(name, transcript);
    }

    [ApiServerTheory]
    [MemberData(nameof(Real))]
    public async Task RealServer_Scenario_AgreesWithTheSimulator(string name)
    {
        var scenario = ScenarioCatalog.Get(name);
        await using var host = await AgreementHost.StartAsync();
        var real = new RealServerUnderTest(session, host);
        await session.Server.ApplyCrdAsync(WidgetDefinition.Yaml);

        var actual = await ScenarioRun.TranscribeAsync(scenario, real);
        var expected = await ScenarioRun.TranscribeAsync(scenario, SimulatedServerUnderTest.Like(real.Version));

        KnownDifferences.Check(name, real.Version, expected, actual, audited: session.AuditLog is not null);
    }

    // This test needs no API server, so scenarios that an old API server does not know are tested too.
    [Theory]
    [MemberData(nameof(All))]
    public void Registration_Scenario_GivesTheSameConfigurations(string name)
    {
        var scenario = ScenarioCatalog.Get(name);
        var (address, caBundle) = (new Uri("https://127.0.0.1:8443"), "bundle"u8.ToArray());

        var registered = scenario.Webhooks.GroupBy(webhook => webhook.Configuration).SelectMany(configuration =>
        {
            var services = new ServiceCollection().AddLogging();
            ScenarioRegistration.Add(services.AddAdmissionWebhooks(), configuration);
            var (app, @namespace) = AppliedScenario.Owner(configuration.Key);
            using var provider = services.BuildServiceProvider();
            return WebhookConfigurations.Create(
                provider.GetRequiredService<WebhookRegistry>(),
                new ManifestOptions { App = app, Namespace = @namespace, Url = address, CaBundle = caBundle });
        }).ToList();

        var wanted = ScenarioConfigurations.Create(scenario);
        Assert.Equal(wanted.Select(Identity).Order(StringComparer.Ordinal), registered.Select(Identity).Order(StringComparer.Ordinal));
        Assert.Equal(scenario.EditedByHand, string.Join(", ", wanted.SelectMany(configuration => ScenarioConfigurations.Differences(
            ScenarioConfigurations.Webhooks(configuration, address, caBundle),
            ScenarioConfigurations.Webhooks(registered.Single(other => Identity(other) == Identity(configuration)))))));

        static string Identity(IKubernetesObject<V1ObjectMeta> configuration) => $"{configuration.Kind}/{configuration.Metadata.Name}";
    }

    [Fact]
    public void KnownDifferences_EveryEntry_NamesAScenario() =>
        Assert.Empty(KnownDifferences.Names.Except(ScenarioCatalog.All.Select(scenario => scenario.Name)));

    [Fact]
    public void Scenarios_Names_AreUniqueAndMany()
    {
        var names = ScenarioCatalog.All.Select(scenario => scenario.Name).ToList();

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.True(names.Count >= 120, $"{names.Count} scenarios");
    }
}
