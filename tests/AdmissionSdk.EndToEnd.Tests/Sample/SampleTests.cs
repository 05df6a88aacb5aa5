using AdmissionSdk.EndToEnd.Tests.Sample.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.EndToEnd.Tests.Sample;

/// <summary>The reference webhook, run as a process of its own, behind a real kube-apiserver.</summary>
/// <remarks>Covers samples/ImageRegistryWebhook/README.md, <see cref="ImageRegistryWebhook.Hosting.WebhookSetup"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class SampleTests(ApiServerSession session, ITestOutputHelper output)
{
    [ApiServerFact]
    public async Task Pods_OfDockerHub_AreStoredWithTheApprovedRegistry()
    {
        await using var sample = await SampleProcess.StartAsync();
        var @namespace = await session.Server.CreateNamespaceAsync();
        await using var installed = await sample.ApplyAsync(session.Server, @namespace);
        var pods = session.Server.Client.CoreV1;

        using var created = await pods.CreateNamespacedPodWithHttpMessagesAsync(Pods.Create("web"), @namespace);
        var stored = await pods.ReadNamespacedPodAsync("web", @namespace);
        Assert.Equal("registry.example.com/library/nginx:1.9", stored.Spec.Containers[0].Image);
        // The prefix "ci: " makes .ci/run repeat the line in its summary.
        output.WriteLine($"ci: kube-apiserver {session.Server.Version} stored a pod of nginx:1.9 with the image {stored.Spec.Containers[0].Image}");
        Assert.Contains("nginx:1.9 is pulled as registry.example.com/library/nginx:1.9 (rule docker-hub)", created.Response.Headers.Warning.ToString(), StringComparison.Ordinal);

        // An image of another registry is let through with a warning.
        using var other = await pods.CreateNamespacedPodWithHttpMessagesAsync(Pods.Create("other", "quay.io/a/b:1"), @namespace);
        Assert.Equal("quay.io/a/b:1", other.Body.Spec.Containers[0].Image);
        Assert.Contains("it is not on the approved registry", other.Response.Headers.Warning.ToString(), StringComparison.Ordinal);

        // A reference that the kubelet could not parse is refused.
        var status = await ApiErrors.RefusedAsync(() => pods.CreateNamespacedPodAsync(Pods.Create("bad", "https://nginx"), @namespace));
        Assert.StartsWith(
            "admission webhook \"guard.registry-webhook.example.com\" denied the request: spec.containers[0].image: \"https://nginx\" is not an image reference",
            status.Message,
            StringComparison.Ordinal);

        // A label edit passes; a new image of Docker Hub is rewritten on update too.
        await pods.PatchNamespacedPodAsync(new V1Patch("""{"metadata":{"labels":{"a":"b"}}}""", V1Patch.PatchType.MergePatch), "web", @namespace);
        await pods.PatchNamespacedPodAsync(
            new V1Patch("""{"spec":{"containers":[{"name":"app","image":"nginx:1.10"}]}}""", V1Patch.PatchType.StrategicMergePatch), "web", @namespace);
        Assert.Equal("registry.example.com/library/nginx:1.10", (await pods.ReadNamespacedPodAsync("web", @namespace)).Spec.Containers[0].Image);

        await pods.DeleteNamespacedPodAsync("web", @namespace, gracePeriodSeconds: 0);
    }
}
