using System.Net;
using AdmissionSdk.EndToEnd.Tests.Sample.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Sample;

/// <summary>The life of pods under a policy, with a real kube-apiserver.</summary>
/// <remarks>Covers samples/ImageRegistryWebhook/README.md, <see cref="ImageRegistryWebhook.Admission.ImageMutator"/>, <see cref="ImageRegistryWebhook.Admission.ImageGuard"/>, <see cref="ImageRegistryWebhook.Reloading.PolicyWatcher"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class SamplePolicyTests(ApiServerSession session)
{
    private const string Mirror =
        """
        rules:
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub, imagePullSecrets: [hub-mirror]}
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
          - {name: evil, match: {registries: [evil.example]}, action: deny, message: this registry is not approved}
        default: deny
        """;

    [ApiServerFact]
    public async Task Create_ForbiddenImage_TheUserReadsFieldImageAndRule()
    {
        await using var run = await SampleRun.StartAsync(session.Server, Mirror);

        var status = await ApiErrors.RefusedAsync(() => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web", "evil.example/x:1"), run.Namespace));

        Assert.Equal(
            """admission webhook "guard.registry-webhook.example.com" denied the request: spec.containers[0].image: evil.example/x:1 is denied: this registry is not approved (rule evil)""",
            status.Message);
        Assert.Equal((403, "Forbidden"), (status.Code, status.Reason));
    }

    [ApiServerFact]
    public async Task Create_RewrittenImage_IsStoredWithItsSecretAndWhatWasAskedFor()
    {
        await using var run = await SampleRun.StartAsync(session.Server, Mirror);
        var pods = run.Client.CoreV1;

        await pods.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);

        var pod = await pods.ReadNamespacedPodAsync("web", run.Namespace);
        Assert.Equal("registry.example.com/hub/library/nginx:1.9", pod.Spec.Containers[0].Image);
        Assert.Equal(["hub-mirror"], pod.Spec.ImagePullSecrets.Select(secret => secret.Name));
        Assert.Equal("nginx:1.9", pod.Metadata.Annotations["original.registry-webhook.example.com/app"]);

        // Only images may change in a stored pod, and only images do.
        await pods.PatchNamespacedPodAsync(Image("nginx:1.10"), "web", run.Namespace);
        pod = await pods.ReadNamespacedPodAsync("web", run.Namespace);
        Assert.Equal("registry.example.com/hub/library/nginx:1.10", pod.Spec.Containers[0].Image);
        Assert.Equal("nginx:1.9", pod.Metadata.Annotations["original.registry-webhook.example.com/app"]);
    }

    [ApiServerFact(MinVersion = "1.25")]
    public async Task Debug_NewContainer_IsRewrittenOrRefused()
    {
        await using var run = await SampleRun.StartAsync(session.Server, Mirror);
        var pods = run.Client.CoreV1;
        await pods.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);

        await pods.PatchNamespacedPodEphemeralcontainersAsync(Debugger("first", "busybox"), "web", run.Namespace);
        var status = await ApiErrors.RefusedAsync(() => pods.PatchNamespacedPodEphemeralcontainersAsync(Debugger("second", "evil.example/x"), "web", run.Namespace));

        var pod = await pods.ReadNamespacedPodAsync("web", run.Namespace);
        Assert.Equal(["registry.example.com/hub/library/busybox"], pod.Spec.EphemeralContainers.Select(container => container.Image));
        // A strategic merge puts the new container first in some versions and last in others.
        Assert.Matches(@"spec\.ephemeralContainers\[[01]\]\.image: evil\.example/x is denied", status.Message);
    }

    [ApiServerFact]
    public async Task Reload_ImageBecomesForbidden_ThePodThatHasItLivesAndDiesAsBefore()
    {
        await using var run = await SampleRun.StartAsync(session.Server, "default: allow");
        var pods = run.Client.CoreV1;
        var pod = Pods.Create("web", "evil.example/x:1");
        pod.Metadata.Finalizers = ["example.com/cleanup"];
        await pods.CreateNamespacedPodAsync(pod, run.Namespace);

        await run.ChangePolicyAsync(Mirror, untilLog: "has changed and is in force, with 3 rules");
        await ApiErrors.RefusedAsync(() => pods.CreateNamespacedPodAsync(Pods.Create("other", "evil.example/x:1"), run.Namespace));

        await pods.PatchNamespacedPodAsync(Merge("""{"metadata":{"labels":{"tier":"front"}}}"""), "web", run.Namespace);
        await pods.DeleteNamespacedPodAsync("web", run.Namespace, gracePeriodSeconds: 0);
        Assert.NotNull((await pods.ReadNamespacedPodAsync("web", run.Namespace)).Metadata.DeletionTimestamp);
        await pods.PatchNamespacedPodAsync(Merge("""{"metadata":{"finalizers":null}}"""), "web", run.Namespace);

        var gone = await Assert.ThrowsAsync<HttpOperationException>(() => pods.ReadNamespacedPodAsync("web", run.Namespace));
        Assert.Equal(HttpStatusCode.NotFound, gone.Response.StatusCode);
    }

    [ApiServerFact]
    public async Task Reload_PolicyWithErrors_TheOldOneStaysAndTheLogNamesTheError()
    {
        await using var run = await SampleRun.StartAsync(session.Server, Mirror);

        await run.ChangePolicyAsync("rules: []\ndefault: perhaps", untilLog: "not valid; the one before stays in force");
        await run.ChangePolicyAsync("rules: []\ndefault: perhaps", untilLog: "policy.yaml:2:10: ");

        await ApiErrors.RefusedAsync(() => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web", "evil.example/x:1"), run.Namespace));
        await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);
        await run.ChangePolicyAsync("default: allow", untilLog: "has changed and is in force, with 0 rules");
        await run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("other", "evil.example/x:1"), run.Namespace);
    }

    [ApiServerFact]
    public async Task Deployment_RolledOut_ItsPodIsRewrittenAndItselfIsNot()
    {
        await using var run = await SampleRun.StartAsync(session.Server, Mirror, workloads: true);
        var apps = run.Client.AppsV1;

        using var created = await apps.CreateNamespacedDeploymentWithHttpMessagesAsync(Deployments.Create("web"), run.Namespace);
        var deployment = created.Body;
        Assert.Contains("is pulled as registry.example.com/hub/library/nginx:1.9 (rule hub)", created.Response.Headers.Warning.ToString(), StringComparison.Ordinal);

        // No controllers run here, so the test sends a controller's requests.
        var maker = await session.Server.CreateUserAsync(
            "system:serviceaccount:kube-system:deployment-controller",
            ["system:serviceaccounts", "system:serviceaccounts:kube-system"],
            [new V1PolicyRule { ApiGroups = ["apps"], Resources = ["replicasets"], Verbs = ["create"] }]);
        var set = await maker.AppsV1.CreateNamespacedReplicaSetAsync(
            new V1ReplicaSet
            {
                Metadata = new V1ObjectMeta { Name = "web-1", OwnerReferences = [Owner("Deployment", deployment.Metadata)] },
                Spec = new V1ReplicaSetSpec { Selector = deployment.Spec.Selector, Template = deployment.Spec.Template },
            },
            run.Namespace);
        var controller = await session.Server.CreateUserAsync(
            "system:serviceaccount:kube-system:replicaset-controller",
            ["system:serviceaccounts", "system:serviceaccounts:kube-system"],
            [new V1PolicyRule { ApiGroups = [""], Resources = ["pods"], Verbs = ["create"] }]);
        var pod = await controller.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { GenerateName = "web-1-", Labels = set.Spec.Template.Metadata.Labels, OwnerReferences = [Owner("ReplicaSet", set.Metadata)] },
                Spec = set.Spec.Template.Spec,
            },
            run.Namespace);

        Assert.Equal("registry.example.com/hub/library/nginx:1.9", pod.Spec.Containers[0].Image);
        Assert.Equal("nginx:1.9", (await apps.ReadNamespacedDeploymentAsync("web", run.Namespace)).Spec.Template.Spec.Containers[0].Image);

        var forbidden = Deployments.Create("evil");
        forbidden.Spec.Template.Spec.Containers[0].Image = "evil.example/x:1";
        var status = await ApiErrors.RefusedAsync(() => apps.CreateNamespacedDeploymentAsync(forbidden, run.Namespace));
        Assert.Contains("spec.template.spec.containers[0].image: evil.example/x:1 is denied", status.Message, StringComparison.Ordinal);

        // Anybody can name an owner.
        forbidden.Metadata.OwnerReferences = [Owner("Deployment", deployment.Metadata)];
        await ApiErrors.RefusedAsync(() => apps.CreateNamespacedDeploymentAsync(forbidden, run.Namespace));
    }

    [ApiServerFact]
    public async Task Create_HostileImage_TheClientReadsNoRawEscape()
    {
        await using var run = await SampleRun.StartAsync(session.Server, Mirror);

        var status = await ApiErrors.RefusedAsync(() =>
            run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web", "nginx\u001b[2J\r\nWarning: all fine\u202e"), run.Namespace));

        Assert.Contains("\"nginx\\x1b[2J\\r\\nWarning: all fine\\u202e\" is not an image reference", status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(status.Message, character => char.IsControl(character) || character == '\u202e');
    }

    [ApiServerTheory]
    [InlineData("any", true)]
    [InlineData("ours", false)]
    public async Task Create_RuleAboutTheNamespacesLabels_TheyAreLookedUp(string label, bool allowed)
    {
        const string Trusted = "rules: [{name: trusted, match: {namespaceLabels: {matchLabels: {registries: any}}}, action: allow}]\ndefault: deny";
        await using var run = await SampleRun.StartAsync(session.Server, Trusted, labels: new Dictionary<string, string> { ["registries"] = label });

        var create = () => run.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), run.Namespace);

        if (allowed)
        {
            Assert.Equal("nginx:1.9", (await create()).Spec.Containers[0].Image);
        }
        else
        {
            Assert.Contains("no rule allows images of docker.io", (await ApiErrors.RefusedAsync(create)).Message, StringComparison.Ordinal);
        }
    }

    private static V1OwnerReference Owner(string kind, V1ObjectMeta owner) => new() { ApiVersion = "apps/v1", Kind = kind, Name = owner.Name, Uid = owner.Uid, Controller = true };

    private static V1Patch Merge(string patch) => new(patch, V1Patch.PatchType.MergePatch);

    private static V1Patch Image(string image) =>
        new($$$"""{"spec":{"containers":[{"name":"app","image":"{{{image}}}"}]}}""", V1Patch.PatchType.StrategicMergePatch);

    private static V1Patch Debugger(string name, string image) =>
        new($$$"""{"spec":{"ephemeralContainers":[{"name":"{{{name}}}","image":"{{{image}}}"}]}}""", V1Patch.PatchType.StrategicMergePatch);
}
