using System.Diagnostics.Metrics;
using AdmissionSdk.Drift;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Manifests;
using AdmissionSdk.Observability;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Drift;

/// <summary>Changes by hand are put back; another version's registration, additions of others, and changes that somebody insists on stay.</summary>
/// <remarks>Covers <see cref="RegistrationRepair"/>, <see cref="RegistrationMark"/>, <see cref="OwnConfigurations"/>, <see cref="RepairBudget"/>, <see cref="ClusterEvent"/>, <see cref="WebhookClients"/>.</remarks>
public sealed class RegistrationRepairTests : IAsyncLifetime
{
    private const string Subject = "MutatingWebhookConfiguration/image-registry.image-registry";
    private static readonly ManifestOptions Target = new() { App = "image-registry", MarksRegistration = true, CaBundle = "ca"u8.ToArray() };

    private readonly FakeTimeProvider _time = new();
    private FakeConfigurationApi _api = null!;
    private Kubernetes _client = null!;

    public async Task InitializeAsync()
    {
        _api = await FakeConfigurationApi.StartAsync();
        _client = _api.Client();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task Run_ChangedByHand_PutsItBackWithALineAMetricAndAnEvent()
    {
        var replica = new Replica(this, timeout: 5);
        _api.Put(Applied(timeout: 5));
        Assert.False(await replica.RunAsync());

        _api.Put(Applied(timeout: 5, edit: webhook => webhook.TimeoutSeconds = 9, manager: "kubectl-edit"));

        Assert.True(await replica.RunAsync());
        Assert.Equal(5, _api.Get<V1MutatingWebhookConfiguration>(Subject).Webhooks[0].TimeoutSeconds);
        var line = Assert.Single(replica.Lines("RegistrationRepaired"));
        Assert.StartsWith($"{Subject} was changed by kubectl-edit (webhooks[images.test.example.com].timeoutSeconds: 5 in the code, 9 in the cluster), and was put back", line, StringComparison.Ordinal);
        Assert.Contains("RegistrationRepaired", Assert.Single(_api.Events), StringComparison.Ordinal);
        Assert.False(await replica.RunAsync());
    }

    [Fact]
    public async Task Run_Deleted_IsCreatedAgainWithItsBundle()
    {
        var replica = new Replica(this, timeout: 5);
        _api.Put(Applied(timeout: 5));
        await replica.RunAsync();

        _api.Delete(Subject);

        Assert.True(await replica.RunAsync());
        Assert.Equal("ca"u8.ToArray(), _api.Get<V1MutatingWebhookConfiguration>(Subject).Webhooks[0].ClientConfig.CaBundle);
    }

    [Fact]
    public async Task Run_NeverApplied_CreatesNothing()
    {
        var replica = new Replica(this, timeout: 5);

        Assert.False(await replica.RunAsync());
        Assert.False(_api.Has(Subject));
    }

    [Fact]
    public async Task Run_TwoVersionsInARollOut_DoNotFight()
    {
        var (older, newer) = (new Replica(this, timeout: 5), new Replica(this, timeout: 7));
        _api.Put(Applied(timeout: 5));
        Assert.False(await older.RunAsync());
        Assert.False(await newer.RunAsync());

        // `apply` of the newer version, and then somebody's edit: the newer repairs.
        _api.Put(Applied(timeout: 7));
        Assert.False(await older.RunAsync());
        Assert.False(await newer.RunAsync());
        _api.Put(Applied(timeout: 7, edit: webhook => webhook.TimeoutSeconds = 9, manager: "kubectl-edit"));
        Assert.False(await older.RunAsync());
        Assert.True(await newer.RunAsync());
        Assert.Equal(7, _api.Get<V1MutatingWebhookConfiguration>(Subject).Webhooks[0].TimeoutSeconds);

        _api.Delete(Subject);
        Assert.False(await older.RunAsync());
        Assert.True(await newer.RunAsync());
    }

    [Fact]
    public async Task Run_SomebodyInsists_GivesUpWithALine()
    {
        var replica = new Replica(this, timeout: 5);
        _api.Put(Applied(timeout: 5));
        await replica.RunAsync();
        var repaired = 0;

        for (var i = 0; i < 20; i++)
        {
            _api.Put(Applied(timeout: 5, edit: webhook => webhook.TimeoutSeconds = 9, manager: "argocd-controller"));
            repaired += await replica.RunAsync() ? 1 : 0;
        }

        Assert.Equal(RepairBudget.Most, repaired);
        Assert.StartsWith(
            $"The registration is not put back: {Subject} was put back 5 times in 10 minutes and is changed again, by argocd-controller:",
            Assert.Single(replica.Lines("RegistrationNotRepaired")), StringComparison.Ordinal);
        _time.Advance(RepairBudget.Window);
        Assert.True(await replica.RunAsync());
    }

    [Fact]
    public async Task Run_AdditionOfOthers_IsTriedOnceAndLeft()
    {
        var replica = new Replica(this, timeout: 5);
        var applied = Applied(timeout: 5);
        applied.Webhooks.Add(new V1MutatingWebhook { Name = "other.example.com", ClientConfig = new() { Url = "https://other.example.com" }, SideEffects = "None", AdmissionReviewVersions = ["v1"] });
        _api.Put(applied);

        Assert.True(await replica.RunAsync());
        Assert.False(await replica.RunAsync());
        Assert.Equal(2, _api.Get<V1MutatingWebhookConfiguration>(Subject).Webhooks.Count);
        Assert.Empty(replica.Lines("RegistrationNotRepaired"));
    }

    [Fact]
    public async Task Run_BundleIsNotKnown_CreatesNothingAndSaysSo()
    {
        var replica = new Replica(this, timeout: 5);
        var applied = Applied(timeout: 5);
        applied.Webhooks[0].ClientConfig.CaBundle = null;
        _api.Put(applied);
        await replica.RunAsync();

        _api.Delete(Subject);

        Assert.False(await replica.RunAsync());
        Assert.Equal(
            $"The registration is not put back: {Subject} is gone with its CA bundle, which this replica does not know: run `apply`", Assert.Single(replica.Lines("RegistrationNotRepaired")));
    }

    [Fact]
    public async Task Run_RightIsMissing_SaysWhich()
    {
        var replica = new Replica(this, timeout: 5);
        _api.Put(Applied(timeout: 5));
        await replica.RunAsync();
        _api.Put(Applied(timeout: 5, edit: webhook => webhook.TimeoutSeconds = 9));
        _api.BrokenWrites = 403;

        Assert.False(await replica.RunAsync());
        Assert.Equal(
            $"The registration is not put back: the service account has no right to patch or create {Subject}: apply the rbac.yaml that `manifests` writes",
            Assert.Single(replica.Lines("RegistrationNotRepaired")));
    }

    private static V1MutatingWebhookConfiguration Applied(int timeout, Action<V1MutatingWebhook>? edit = null, string? manager = null)
    {
        var configuration = (V1MutatingWebhookConfiguration)WebhookConfigurations.Create(Registry(timeout), Target).Single();
        edit?.Invoke(configuration.Webhooks[0]);
        configuration.Metadata.ManagedFields = [.. new[] { "admission-sdk", manager }.OfType<string>().Select(name => new V1ManagedFieldsEntry { Manager = name })];
        return configuration;
    }

    private static WebhookRegistry Registry(int timeout) => TestRegistry.Create(webhooks => webhooks.AddMutatingWebhook(
        "images.test.example.com", webhook => webhook.Timeout(TimeSpan.FromSeconds(timeout)).Handle<V1Pod>(context => AdmissionResult.Allow())));

    /// <summary>A replica of a version, told by the timeout of its webhook.</summary>
    private sealed class Replica
    {
        private readonly RegistrationRepairTests _test;
        private readonly WebhookRegistry _registry;
        private readonly RegistrationRepair _repair;
        private readonly FakeLogCollector _logs;

        public Replica(RegistrationRepairTests test, int timeout)
        {
            (_test, _registry) = (test, Registry(timeout));
            var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddFakeLogging()).BuildServiceProvider();
            _logs = services.GetFakeLogCollector();
            _repair = new RegistrationRepair(
                null, new AdmissionMetrics(services.GetRequiredService<IMeterFactory>()), test._time, services.GetRequiredService<ILogger<RegistrationRepair>>());
        }

        public async Task<bool> RunAsync()
        {
            var target = Target.With(options => options.CaBundle = null);
            return await _repair.RunAsync(_test._client, "image-registry", await OwnConfigurations.ReadAsync(_test._client, _registry, target, CancellationToken.None), CancellationToken.None);
        }

        public IEnumerable<string> Lines(string name) => _logs.GetSnapshot().Where(record => record.Id.Name == name).Select(record => record.Message);
    }
}
