using System.Collections.Concurrent;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Models;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Spine;

/// <summary>The SDK behind a real kube-apiserver: the review that a handler gets for each operation, and the user's view of the response.</summary>
/// <remarks>Covers <see cref="Hosting.AdmissionEndpoint"/>, <see cref="Dispatch.WebhookDispatcher"/>, <see cref="Reviews.AdmissionReviewWriter"/>, <see cref="AdmissionResult"/>, <see cref="Operation"/>, <see cref="Microsoft.Extensions.DependencyInjection.AdmissionWebhooksBuilderExtensions"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class PodLifecycleTests(ApiServerSession session)
{
    [ApiServerFact]
    public async Task Create_MutatorEditsTheImage_TheEditIsStored()
    {
        await using var run = await StartAsync(webhooks => webhooks.AddMutator<V1Pod>("rewrite.spine.example.com", context =>
        {
            context.Object.Spec.Containers[0].Image = "registry.example.com/" + context.Object.Spec.Containers[0].Image;
            context.Warn("the image was rewritten");
            return AdmissionResult.Allow();
        }));

        using var response = await run.Client.CoreV1.CreateNamespacedPodWithHttpMessagesAsync(Pods.Create("web"), run.Namespace);

        var stored = await run.Client.CoreV1.ReadNamespacedPodAsync("web", run.Namespace);
        Assert.Equal("registry.example.com/nginx:1.9", stored.Spec.Containers[0].Image);
        Assert.Equal(["299 - \"the image was rewritten\""], response.Response.Headers.Warning.Select(warning => warning.ToString()));
        Console.WriteLine($"kube-apiserver {session.Server.Version}: nginx:1.9 was stored as {stored.Spec.Containers[0].Image}");
    }

    [ApiServerFact]
    public async Task Create_ValidatorDenies_TheUserReadsTheMessage()
    {
        await using var run = await StartAsync(webhooks => webhooks.AddValidator<V1Pod>(
            "deny.spine.example.com", _ => AdmissionResult.Deny("use registry.example.com")));

        var status = await ApiErrors.RefusedAsync(() => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace));

        Assert.Equal("admission webhook \"deny.spine.example.com\" denied the request: use registry.example.com", status.Message);
        Assert.Equal((403, "Forbidden"), (status.Code, status.Reason));
    }

    [ApiServerFact]
    public async Task Create_ValidatorNamesFields_TheCausesArrive()
    {
        await using var run = await StartAsync(webhooks => webhooks.AddValidator<V1Pod>(
            "invalid.spine.example.com",
            _ => AdmissionResult.Invalid(FieldError.For<V1Pod>(pod => pod.Spec.Containers[0].Image, "is not approved"))));

        var status = await ApiErrors.RefusedAsync(() => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace));

        Assert.Equal((422, "Invalid"), (status.Code, status.Reason));
        Assert.Equal([("spec.containers[0].image", "is not approved")], status.Details.Causes.Select(cause => (cause.Field, cause.Message)));
    }

    [ApiServerFact]
    public async Task EveryOperation_ReachesTheHandlerThatAsksForIt()
    {
        var seen = new ConcurrentQueue<string>();
        await using var run = await StartAsync(webhooks => webhooks.AddValidatingWebhook("operations.spine.example.com", webhook => webhook
            .Handle<V1Pod>(
                context => Note(context, $"{context.Object.Metadata.Name} old={context.OldObject?.Metadata.Name ?? "none"}"),
                rule => rule.On(Operations.Create | Operations.Update | Operations.Delete))
            .Handle<V1Scale>(
                context => Note(context, $"{context.OldObject!.Spec.Replicas}->{context.Object.Spec.Replicas}"),
                rule => rule.On(Operations.Update).Resource("apps", "v1", "deployments", "scale"))
            .Handle<PodExecOptions>(context => Note(context, string.Join(' ', context.Object.Command!)))));

        var client = run.Client;
        await client.CoreV1.CreateNamespacedPodAsync(Pods.Create("dry"), run.Namespace, dryRun: "All");
        await client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);
        var label = new V1Patch("""{"metadata":{"labels":{"a":"b"}}}""", V1Patch.PatchType.MergePatch);
        await client.CoreV1.PatchNamespacedPodAsync(label, "web", run.Namespace);
        await client.AppsV1.CreateNamespacedDeploymentAsync(Deployments.Create("d"), run.Namespace);
        var scale = await client.AppsV1.ReadNamespacedDeploymentScaleAsync("d", run.Namespace);
        scale.Spec.Replicas = 3;
        await client.AppsV1.ReplaceNamespacedDeploymentScaleAsync(scale, "d", run.Namespace);

        // The connection itself fails, since no kubelet runs; admission comes first.
        await Assert.ThrowsAnyAsync<Exception>(() => client.WebSocketNamespacedPodExecAsync("web", run.Namespace, ["ls", "-l"], "app"));
        await client.CoreV1.DeleteNamespacedPodAsync("web", run.Namespace, gracePeriodSeconds: 0);

        Assert.Equal(
            [
                "CREATE pods/ dry=True dry old=none",
                "CREATE pods/ dry=False web old=none",
                "UPDATE pods/ dry=False web old=web",
                "UPDATE deployments/scale dry=False 1->3",
                "CONNECT pods/exec dry=False ls -l",
                "DELETE pods/ dry=False web old=web",
            ],
            seen.Distinct());

        AdmissionResult Note(AdmissionContext context, string what)
        {
            seen.Enqueue($"{context.Operation} {context.Resource.Resource}/{context.Subresource} dry={context.DryRun} {what}");
            return AdmissionResult.Allow();
        }
    }

    // Older servers have another kind behind pods/ephemeralcontainers; the unit tests have the reviews recorded from 1.36.
    [ApiServerFact(MinVersion = "1.25")]
    public async Task EphemeralContainersAndEviction_ReachTheHandlersThatAskForThem()
    {
        var seen = new ConcurrentQueue<string>();
        await using var run = await StartAsync(webhooks => webhooks.AddValidatingWebhook("subresources.spine.example.com", webhook => webhook
            .Handle<V1Pod>(
                context =>
                {
                    seen.Enqueue($"{context.Subresource} {context.OldObject!.Spec.EphemeralContainers?.Count ?? 0}->{context.Object.Spec.EphemeralContainers.Count}");
                    return AdmissionResult.Allow();
                },
                rule => rule.On(Operations.Update).Resource("", "v1", "pods", "ephemeralcontainers"))
            .Handle<V1Eviction>(
                context =>
                {
                    seen.Enqueue($"{context.Subresource} {context.Object.Metadata.Name}");
                    return AdmissionResult.Allow();
                },
                rule => rule.Resource("", "v1", "pods", "eviction"))));
        var client = run.Client;
        await client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);

        var debug = new V1Patch("""{"spec":{"ephemeralContainers":[{"name":"debug","image":"busybox:1"}]}}""", V1Patch.PatchType.StrategicMergePatch);
        await client.CoreV1.PatchNamespacedPodEphemeralcontainersAsync(debug, "web", run.Namespace);
        var eviction = new V1Eviction { Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = run.Namespace } };
        await client.CoreV1.CreateNamespacedPodEvictionAsync(eviction, "web", run.Namespace);

        Assert.Equal(["ephemeralcontainers 0->1", "eviction web"], seen.Distinct());
    }

    [ApiServerFact]
    public async Task Create_HandlerThrows_IgnoreLetsThePodIn()
    {
        await using var run = await StartAsync(webhooks => webhooks.AddMutatingWebhook(
            "ignore.spine.example.com", webhook => webhook.FailurePolicy(FailurePolicy.Ignore).Handle<V1Pod>(Throwing)));

        await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);

        Assert.Equal("nginx:1.9", (await run.Client.CoreV1.ReadNamespacedPodAsync("web", run.Namespace)).Spec.Containers[0].Image);
    }

    [ApiServerFact]
    public async Task Create_HandlerThrows_FailBlocksThePodWithA500()
    {
        await using var run = await StartAsync(webhooks => webhooks.AddMutatingWebhook(
            "fail.spine.example.com", webhook => webhook.FailurePolicy(FailurePolicy.Fail).Handle<V1Pod>(Throwing)));

        var status = await ApiErrors.RefusedAsync(() => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace));

        Assert.Equal((500, "InternalError"), (status.Code, status.Reason));
        Assert.StartsWith("Internal error occurred: failed calling webhook \"fail.spine.example.com\":", status.Message, StringComparison.Ordinal);
        Assert.Contains("fail.spine.example.com: could not decide (uid ", status.Message, StringComparison.Ordinal);
        Assert.Contains("): NotSupportedException", status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", status.Message, StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task Create_PodWithYearZero_IsMutatedLikeAnyOther()
    {
        // The API server drops a new pod's status only after mutation, so a bad status must not get a pod past a webhook under Ignore.
        await using var run = await StartAsync(webhooks => webhooks.AddMutatingWebhook(
            "year-zero.spine.example.com",
            webhook => webhook.FailurePolicy(FailurePolicy.Ignore).Handle<V1Pod>(context =>
            {
                context.Object.Spec.Containers[0].Image = "registry.example.com/nginx:1.9";
                return AdmissionResult.Allow();
            })));
        const string pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"old"},"spec":{"containers":[{"name":"app","image":"nginx:1.9"}]},
             "status":{"startTime":"0000-01-01T00:00:00Z"}}
            """;

        await RawRequests.PostAsync(run.Client, $"api/v1/namespaces/{run.Namespace}/pods", pod);

        Assert.Equal("registry.example.com/nginx:1.9", (await run.Client.CoreV1.ReadNamespacedPodAsync("old", run.Namespace)).Spec.Containers[0].Image);
    }

    private static AdmissionResult Throwing(MutationContext<V1Pod> context) => throw new NotSupportedException("secret");

    private Task<WebhookRun> StartAsync(Action<Registration.AdmissionWebhooksBuilder> webhooks) => WebhookRun.StartAsync(session.Server, webhooks);
}
