using AdmissionSdk.ConformanceApp;
using AdmissionSdk.EndToEnd.Tests.Conformance.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Conformance;

/// <summary>Kubernetes' conformance tests of mutating admission webhooks, against endpoints that are written with the SDK.</summary>
/// <remarks>Covers <see cref="ConformanceWebhooks"/>, <see cref="AdmissionSdk.Dispatch.MutatorInvoker{T}"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class MutatingConformanceTests(ApiServerSession session)
{
    private static readonly Dictionary<string, string> Start = new() { ["mutation-start"] = "yes" };
    private static readonly Dictionary<string, string> FirstStage = new(Start) { ["mutation-stage-1"] = "yes" };
    private static readonly Dictionary<string, string> BothStages = new(FirstStage) { ["mutation-stage-2"] = "yes" };

    [ApiServerFact]
    public async Task Mutate_ConfigMap_InTwoStages()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("maps", Stages(run, "/mutating-configmaps", ConformanceRun.Rule("", "configmaps", "CREATE")));

        var map = await run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "to-be-mutated" }, Data = Start }, run.Namespace);

        Assert.Equal(BothStages, map.Data);
    }

    [ApiServerFact]
    public async Task Mutate_Pod_DefaultsAreSetAfterMutation()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("pods", run.Mutating("adding-init-container", "/mutating-pods", ConformanceRun.Rule("", "pods", "CREATE")));

        var pod = await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("webhook-to-be-mutated"), run.Namespace);
        var other = await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("other"), run.Namespace);

        var container = Assert.Single(pod.Spec.InitContainers);
        Assert.Equal(("webhook-added-init-container", "webhook-added-image"), (container.Name, container.Image));
        Assert.Equal("File", container.TerminationMessagePolicy);
        Assert.Null(other.Spec.InitContainers);
    }

    [ApiServerFact]
    public async Task Mutate_Pod_GetsOneSidecar()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("sidecars",
            run.Mutating("adding-sidecar", "/mutating-pods-sidecar", ConformanceRun.Rule("", "pods", "CREATE"), webhook => webhook.ReinvocationPolicy = "IfNeeded"),
            run.Mutating("adding-init-container", "/mutating-pods", ConformanceRun.Rule("", "pods", "CREATE")));

        var pod = await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("webhook-to-be-mutated"), run.Namespace);

        Assert.Equal(["app", "webhook-added-sidecar"], pod.Spec.Containers.Select(container => container.Name));
        Assert.Equal("IfNotPresent", pod.Spec.Containers[1].ImagePullPolicy);
    }

    [ApiServerFact]
    public async Task WebhookConfigurations_CanNeitherBeMutatedNorKeptFromDeletion()
    {
        await using var run = await StartAsync();
        var rule = ConformanceRun.Rule("admissionregistration.k8s.io", "*", "*");
        await run.InstallAsync("deny-configurations", run.Validating("deny-webhook-configuration-deletions", "/always-deny", rule, webhook => (webhook.NamespaceSelector, webhook.ObjectSelector) = (null, run.OwnObjects())));
        await run.InstallAsync("label-configurations", run.Mutating("add-label-to-webhook-configurations", "/add-label", rule, webhook => (webhook.NamespaceSelector, webhook.ObjectSelector) = (null, run.OwnObjects())));
        var api = run.Client.AdmissionregistrationV1;

        var validating = await api.CreateValidatingWebhookConfigurationAsync(run.Configuration("dummy", run.Validating("dummy", "/invalid", ConformanceRun.Rule("", "invalid", "CREATE"), webhook => webhook.FailurePolicy = "Ignore")));
        var mutating = await api.CreateMutatingWebhookConfigurationAsync(run.Configuration("dummy", run.Mutating("dummy", "/invalid", ConformanceRun.Rule("", "invalid", "CREATE"), webhook => webhook.FailurePolicy = "Ignore")));

        Assert.DoesNotContain("added-label", validating.Metadata.Labels.Keys);
        Assert.DoesNotContain("added-label", mutating.Metadata.Labels.Keys);
        await api.DeleteValidatingWebhookConfigurationAsync(validating.Metadata.Name);
        await api.DeleteMutatingWebhookConfigurationAsync(mutating.Metadata.Name);
    }

    [ApiServerFact]
    public async Task AddLabel_ToAnyKind_ComesOnce()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("label", run.Mutating("add-label", "/add-label", ConformanceRun.Rule("*", "*", "CREATE")));
        var core = run.Client.CoreV1;

        var bare = await core.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "bare" } }, run.Namespace);
        var other = await core.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "other", Labels = new Dictionary<string, string> { ["a"] = "b" } } }, run.Namespace);
        var wrong = await core.CreateNamespacedServiceAccountAsync(new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = "wrong", Labels = new Dictionary<string, string> { ["added-label"] = "no" } } }, run.Namespace);

        Assert.Equal(["yes", "yes", "yes"], new[] { bare.Metadata, other.Metadata, wrong.Metadata }.Select(metadata => metadata.Labels["added-label"]));
        Assert.Equal("b", other.Metadata.Labels["a"]);
    }

    [ApiServerTheory]
    [InlineData("mutateds", false)]
    [InlineData("pruneds", true)]
    public async Task Mutate_CustomResource_InTwoStagesAndPruned(string plural, bool isPruned)
    {
        await session.Server.ApplyCrdAsync(isPruned ? SampleDefinition.Pruning(plural) : SampleDefinition.Kept(plural));
        await using var run = await StartAsync();
        await run.InstallAsync("custom", Stages(run, "/mutating-custom-resource", ConformanceRun.Rule("conformance.example.com", plural, "CREATE", "UPDATE")));
        using var client = new GenericClient(run.Client, "conformance.example.com", "v1", plural, disposeClient: false);

        var created = await client.CreateNamespacedAsync(SampleResource.Create(plural, Start), run.Namespace);

        Assert.Equal(isPruned ? FirstStage : BothStages, created.Data);
    }

    [ApiServerFact]
    public async Task Mutate_CustomResourceWithAnotherStoredVersion()
    {
        await session.Server.ApplyCrdAsync(SampleDefinition.TwoVersions("versioneds", stored: "v1"));
        await using var run = await StartAsync();
        await run.InstallAsync("versions", Stages(run, "/mutating-custom-resource", ConformanceRun.Rule("conformance.example.com", "versioneds", "CREATE", "UPDATE")));
        using var first = new GenericClient(run.Client, "conformance.example.com", "v1", "versioneds", disposeClient: false);
        using var second = new GenericClient(run.Client, "conformance.example.com", "v2", "versioneds", disposeClient: false);
        Assert.Equal(BothStages, (await first.CreateNamespacedAsync(SampleResource.Create("versioneds", Start), run.Namespace)).Data);

        await session.Server.ApplyCrdAsync(SampleDefinition.TwoVersions("versioneds", stored: "v2"));
        var patched = await second.PatchNamespacedAsync<SampleResource>(new V1Patch("""[{"op":"add","path":"/dummy","value":"test"}]""", V1Patch.PatchType.JsonPatch), run.Namespace, "s");

        Assert.Equal(("conformance.example.com/v2", "yes"), (patched.ApiVersion, patched.Data!["mutation-stage-2"]));
    }

    [ApiServerFact]
    public async Task Configuration_UpdatedAndPatched_WorksAsChanged()
    {
        await using var run = await StartAsync();
        var api = run.Client.AdmissionregistrationV1;
        await run.InstallAsync("changing", run.Mutating("adding-configmap-data-stage-1", "/mutating-configmaps", ConformanceRun.Rule("", "configmaps", "CREATE")));
        var name = $"changing-{run.Namespace}";
        Assert.Equal(FirstStage, await CreateAsync("a"));

        var live = await api.ReadMutatingWebhookConfigurationAsync(name);
        live.Webhooks[0].Rules[0].Operations = ["UPDATE"];
        await api.ReplaceMutatingWebhookConfigurationAsync(live, name);
        await run.WaitAsync();
        Assert.Equal(Start, await CreateAsync("b"));

        await api.PatchMutatingWebhookConfigurationAsync(
            new V1Patch("""[{"op":"replace","path":"/webhooks/0/rules/0/operations","value":["CREATE"]}]""", V1Patch.PatchType.JsonPatch), name);
        await run.WaitAsync();
        Assert.Equal(FirstStage, await CreateAsync("c"));

        async Task<IDictionary<string, string>> CreateAsync(string map) =>
            (await run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = map }, Data = Start }, run.Namespace)).Data;
    }

    [ApiServerFact]
    public async Task Configurations_ListedAndDeletedTogether_AreOutOfForce()
    {
        await using var run = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await run.Client.AdmissionregistrationV1.CreateMutatingWebhookConfigurationAsync(
                run.Configuration($"list-{i}", run.Mutating("adding-configmap-data", "/mutating-configmaps", ConformanceRun.Rule("", "configmaps", "CREATE"))));
        }

        await run.WaitAsync();
        Assert.Equal(10, (await run.Client.AdmissionregistrationV1.ListMutatingWebhookConfigurationAsync(labelSelector: run.LabelSelector)).Items.Count);
        Assert.Equal(BothStages, await CreateAsync("a"));

        await run.RemoveWebhooksAsync();
        Assert.Equal(Start, await CreateAsync("b"));

        async Task<IDictionary<string, string>> CreateAsync(string map) =>
            (await run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = map }, Data = Start }, run.Namespace)).Data;
    }

    [ApiServerFact(MinVersion = "1.28")]
    public async Task MatchConditions_EverythingIsMutatedButWhatTheConditionLeavesOut()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("conditions", run.Mutating("adding-configmap-data-stage-1", "/mutating-configmaps", ConformanceRun.Rule("", "configmaps", "CREATE"), webhook =>
            webhook.MatchConditions = [new V1MatchCondition { Name = "skip-me", Expression = "object.metadata.name != 'skip-me'" }]));

        Assert.Equal(Start, (await CreateAsync("skip-me")).Data);
        Assert.Equal(FirstStage, (await CreateAsync("other")).Data);

        Task<V1ConfigMap> CreateAsync(string map) =>
            run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = map }, Data = Start }, run.Namespace);
    }

    private static V1MutatingWebhook[] Stages(ConformanceRun run, string path, V1RuleWithOperations rule) =>
        [run.Mutating("stage-1", path, rule), run.Mutating("stage-2", path, rule)];

    private Task<ConformanceRun> StartAsync() => ConformanceRun.StartAsync(session.Server);
}
