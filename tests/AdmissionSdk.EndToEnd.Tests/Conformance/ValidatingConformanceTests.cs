using System.Diagnostics;
using AdmissionSdk.ConformanceApp;
using AdmissionSdk.EndToEnd.Tests.Conformance.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Conformance;

/// <summary>Kubernetes' conformance tests of validating admission webhooks, against endpoints that are written with the SDK.</summary>
/// <remarks>Covers <see cref="ConformanceWebhooks"/>, <see cref="AdmissionSdk.Dispatch.HandlerChain"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ValidatingConformanceTests(ApiServerSession session)
{
    private const string Key = "webhook-e2e-test";
    private const string Unwanted = "the configmap contains unwanted key and value";

    [ApiServerFact]
    public async Task Discovery_OfTheGroup_HasBothKindsOfConfiguration()
    {
        var groups = (await session.Server.Client.Apis.GetAPIVersionsAsync()).Groups.Single(group => group.Name == "admissionregistration.k8s.io");
        Assert.Contains("admissionregistration.k8s.io/v1", groups.Versions.Select(version => version.GroupVersion));

        var resources = (await session.Server.Client.AdmissionregistrationV1.GetAPIResourcesAsync()).Resources.Select(resource => resource.Name).ToList();
        Assert.Contains("mutatingwebhookconfigurations", resources);
        Assert.Contains("validatingwebhookconfigurations", resources);
    }

    [ApiServerFact]
    public async Task Deny_PodsAndConfigMaps()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("deny",
            run.Validating("deny-unwanted-pod-container-name-and-label", "/pods", ConformanceRun.Rule("", "pods", "CREATE"), webhook => webhook.TimeoutSeconds = 1),
            run.Validating("deny-unwanted-configmap-data", "/configmaps", ConformanceRun.Rule("", "configmaps", "CREATE", "UPDATE", "DELETE")),
            // A webhook that nobody serves, under Ignore.
            run.Validating("fail-open", "/nobody-serves-this", ConformanceRun.Rule("", "configmaps", "CREATE"), webhook => webhook.FailurePolicy = "Ignore"));
        var core = run.Client.CoreV1;

        var pod = Pods.Create("disallowed-pod");
        pod.Metadata.Labels = new Dictionary<string, string> { [Key] = "webhook-disallow" };
        pod.Spec.Containers[0].Name = "webhook-disallow";
        var message = (await ApiErrors.RefusedAsync(() => core.CreateNamespacedPodAsync(pod, run.Namespace))).Message;
        Assert.Contains("the pod contains unwanted container name", message, StringComparison.Ordinal);
        Assert.Contains("the pod contains unwanted label", message, StringComparison.Ordinal);

        // The conformance test looks for "deadline", the word of an API server that gave up; the SDK responds just before.
        var hanging = Pods.Create("hanging-pod");
        hanging.Metadata.Labels = new Dictionary<string, string> { [Key] = "wait-forever" };
        message = (await ApiErrors.RefusedAsync(() => core.CreateNamespacedPodAsync(hanging, run.Namespace))).Message;
        Assert.Contains("failed calling webhook \"deny-unwanted-pod-container-name-and-label.k8s.io\"", message, StringComparison.Ordinal);
        Assert.Contains("no decision within ", message, StringComparison.Ordinal);
        Assert.DoesNotContain((await core.ListNamespacedPodAsync(run.Namespace)).Items, item => item.Metadata.Name == "hanging-pod");

        await DeniedAsync(Unwanted, () => core.CreateNamespacedConfigMapAsync(Map("disallowed-configmap", "webhook-disallow"), run.Namespace));
        await core.CreateNamespacedConfigMapAsync(Map("allowed-configmap", "allowed"), run.Namespace);
        await DeniedAsync(Unwanted, () => core.ReplaceNamespacedConfigMapAsync(Map("allowed-configmap", "webhook-disallow"), "allowed-configmap", run.Namespace));
        await DeniedAsync(Unwanted, () => core.PatchNamespacedConfigMapAsync(
            new V1Patch($$$"""{"data":{"{{{Key}}}":"webhook-disallow"}}""", V1Patch.PatchType.MergePatch), "allowed-configmap", run.Namespace));

        // A namespace that the selector leaves out.
        var exempt = await session.Server.CreateNamespaceAsync();
        await core.CreateNamespacedConfigMapAsync(Map("disallowed-configmap", "webhook-disallow"), exempt);
    }

    [ApiServerFact]
    public async Task Deny_AttachingToAPod()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("attach", run.Validating("deny-attaching-pod", "/pods/attach", ConformanceRun.Rule("", "pods/attach", "CONNECT")));
        var pod = Pods.Create("to-be-attached-pod");
        pod.Spec.Containers[0].Name = "container1";
        await run.Client.CoreV1.CreateNamespacedPodAsync(pod, run.Namespace);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => AttachAsync("stdin=true&container=container1"));
        var other = await Assert.ThrowsAsync<InvalidOperationException>(() => AttachAsync("stdout=true&container=container1"));

        Assert.Contains("attaching to pod 'to-be-attached-pod' is not allowed", refused.Message, StringComparison.Ordinal);
        // No kubelet runs here; the webhook has let the second one through.
        Assert.DoesNotContain("admission webhook", other.Message, StringComparison.Ordinal);

        Task<string> AttachAsync(string query) => RawRequests.PostAsync(run.Client, $"api/v1/namespaces/{run.Namespace}/pods/to-be-attached-pod/attach?{query}", "");
    }

    [ApiServerFact]
    public async Task Deny_CustomResourceOnCreateUpdateAndDelete()
    {
        await session.Server.ApplyCrdAsync(SampleDefinition.Kept("denieds"));
        await using var run = await StartAsync();
        await run.InstallAsync("custom", run.Validating("deny-unwanted-custom-resource-data", "/custom-resource", ConformanceRun.Rule("conformance.example.com", "denieds", "CREATE", "UPDATE", "DELETE")));
        using var client = new GenericClient(run.Client, "conformance.example.com", "v1", "denieds", disposeClient: false);

        const string UnwantedData = "the custom resource contains unwanted data";
        await DeniedAsync(UnwantedData, () => client.CreateNamespacedAsync(Sample("webhook-disallow"), run.Namespace));
        await client.CreateNamespacedAsync(Sample("webhook-nondeletable"), run.Namespace);
        await DeniedAsync(UnwantedData, () => client.PatchNamespacedAsync<SampleResource>(Data("webhook-disallow"), run.Namespace, "s"));
        await DeniedAsync("the custom resource cannot be deleted because it contains unwanted key and value", () => client.DeleteNamespacedAsync<SampleResource>(run.Namespace, "s"));
        await client.PatchNamespacedAsync<SampleResource>(Data(null), run.Namespace, "s");
        await client.DeleteNamespacedAsync<SampleResource>(run.Namespace, "s");

        static SampleResource Sample(string value) => SampleResource.Create("denieds", new() { [Key] = value });
        static V1Patch Data(string? value) => new($$$"""{"data":{"{{{Key}}}":{{{(value is null ? "null" : $"\"{value}\"")}}}}}""", V1Patch.PatchType.MergePatch);
    }

    [ApiServerFact]
    public async Task FailClosed_WebhookThatNobodyServes_RejectsUnconditionally()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("closed", run.Validating("fail-closed", "/nobody-serves-this", ConformanceRun.Rule("", "configmaps", "CREATE"), webhook => webhook.FailurePolicy = "Fail"));

        var status = await ApiErrors.RefusedAsync(() => run.Client.CoreV1.CreateNamespacedConfigMapAsync(Map("foo", "allowed"), run.Namespace));

        Assert.Equal((500, "InternalError"), (status.Code, status.Reason));
    }

    [ApiServerFact]
    public async Task Deny_CustomResourceDefinition()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("crd", run.Validating("deny-crd-with-unwanted-label", "/crd", ConformanceRun.Rule("apiextensions.k8s.io", "*", "CREATE"), webhook =>
        {
            webhook.NamespaceSelector = null;
            webhook.ObjectSelector = run.OwnObjects();
        }));
        var definition = KubernetesYaml.Deserialize<V1CustomResourceDefinition>(SampleDefinition.Kept("unwanteds"));
        definition.Metadata.Labels = new Dictionary<string, string>(run.OwnLabels) { [Key] = "webhook-disallow" };

        await DeniedAsync("the crd contains unwanted label", () => run.Client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(definition));
    }

    // Each delay is five real seconds, and the conformance test has two of them.
    [ApiServerFact]
    public async Task Timeout_OfTheWebhook_IsHonoured()
    {
        await using var run = await StartAsync();

        // Shorter than the webhook, under Fail: an error, and soon.
        var clock = Stopwatch.StartNew();
        await InstallAsync(1, "Fail");
        var message = (await ApiErrors.RefusedAsync(() => CreateAsync("a"))).Message;
        Assert.Contains("failed calling webhook \"allow-configmap-with-delay-webhook.k8s.io\"", message, StringComparison.Ordinal);
        Assert.Contains("no decision within ", message, StringComparison.Ordinal);

        await InstallAsync(1, "Ignore");
        await CreateAsync("b");
        await InstallAsync(10, "Fail");
        await CreateAsync("c");
        await InstallAsync(null, "Fail");
        await CreateAsync("d");
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(10), "the webhook did not take its five seconds");

        async Task InstallAsync(int? timeout, string policy)
        {
            await run.RemoveWebhooksAsync();
            await run.InstallAsync("slow", run.Validating("allow-configmap-with-delay-webhook", "/always-allow-delay-5s", ConformanceRun.Rule("", "configmaps", "CREATE"), webhook =>
                (webhook.TimeoutSeconds, webhook.FailurePolicy) = (timeout, policy)));
        }

        Task CreateAsync(string name) => run.Client.CoreV1.CreateNamespacedConfigMapAsync(Map(name, "allowed"), run.Namespace);
    }

    [ApiServerFact]
    public async Task Configuration_UpdatedAndPatched_WorksAsChanged()
    {
        await using var run = await StartAsync();
        var api = run.Client.AdmissionregistrationV1;
        await run.InstallAsync("changing", run.Validating("deny-unwanted-configmap-data", "/configmaps", ConformanceRun.Rule("", "configmaps", "CREATE")));
        var name = $"changing-{run.Namespace}";
        await DeniedAsync(Unwanted, CreateAsync);

        var live = await api.ReadValidatingWebhookConfigurationAsync(name);
        live.Webhooks[0].Rules[0].Operations = ["UPDATE"];
        await api.ReplaceValidatingWebhookConfigurationAsync(live, name);
        await run.WaitAsync();
        await CreateAsync();
        await run.Client.CoreV1.DeleteNamespacedConfigMapAsync("m", run.Namespace);

        await api.PatchValidatingWebhookConfigurationAsync(
            new V1Patch("""[{"op":"replace","path":"/webhooks/0/rules/0/operations","value":["CREATE"]}]""", V1Patch.PatchType.JsonPatch), name);
        await run.WaitAsync();
        await DeniedAsync(Unwanted, CreateAsync);

        Task CreateAsync() => run.Client.CoreV1.CreateNamespacedConfigMapAsync(Map("m", "webhook-disallow"), run.Namespace);
    }

    [ApiServerFact]
    public async Task Configurations_ListedAndDeletedTogether_AreOutOfForce()
    {
        await using var run = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            await run.Client.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(
                run.Configuration($"list-{i}", run.Validating("deny-unwanted-configmap-data", "/configmaps", ConformanceRun.Rule("", "configmaps", "CREATE"))));
        }

        await run.WaitAsync();
        var list = await run.Client.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync(labelSelector: run.LabelSelector);
        Assert.Equal(10, list.Items.Count);
        await DeniedAsync(Unwanted, CreateAsync);

        await run.RemoveWebhooksAsync();
        await CreateAsync();

        Task CreateAsync() => run.Client.CoreV1.CreateNamespacedConfigMapAsync(Map("m", "webhook-disallow"), run.Namespace);
    }

    [ApiServerFact(MinVersion = "1.28")]
    public async Task MatchConditions_ValidAreTakenAndInvalidAreRefused()
    {
        await using var run = await StartAsync();
        await run.InstallAsync("conditions", WithCondition("object.metadata.namespace == 'production'"));
        var name = $"conditions-{run.Namespace}";
        var live = await run.Client.AdmissionregistrationV1.ReadValidatingWebhookConfigurationAsync(name);
        live.Webhooks[0].MatchConditions = [.. live.Webhooks[0].MatchConditions, new V1MatchCondition { Name = "expression-2", Expression = "true" }];
        Assert.Equal(2, (await run.Client.AdmissionregistrationV1.ReplaceValidatingWebhookConfigurationAsync(live, name)).Webhooks[0].MatchConditions.Count);

        var status = await ApiErrors.RefusedAsync(() => run.Client.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(run.Configuration("invalid", WithCondition("... [] bad expression"))));
        Assert.Contains("compilation failed", status.Message, StringComparison.Ordinal);

        V1ValidatingWebhook WithCondition(string expression) => run.Validating("deny-unwanted-configmap-data", "/configmaps", ConformanceRun.Rule("", "configmaps", "CREATE"), webhook =>
            webhook.MatchConditions = [new V1MatchCondition { Name = "expression-1", Expression = expression }]);
    }

    [ApiServerFact]
    public async Task Ready_OfTheApplication_SaysOk()
    {
        await using var run = await StartAsync();
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => System.Text.Encoding.ASCII.GetString(run.CaBundle).Trim() == certificate!.ExportCertificatePem().Trim() };
        using var client = new HttpClient(handler);

        Assert.Equal("ok", await client.GetStringAsync(new Uri(run.Address, "/readyz")));
    }

    private static async Task DeniedAsync(string message, Func<Task> request) =>
        Assert.Contains($" denied the request: {message}", (await ApiErrors.RefusedAsync(request)).Message, StringComparison.Ordinal);

    private static V1ConfigMap Map(string name, string value) =>
        new() { Metadata = new V1ObjectMeta { Name = name }, Data = new Dictionary<string, string> { [Key] = value } };

    private Task<ConformanceRun> StartAsync() => ConformanceRun.StartAsync(session.Server);
}
