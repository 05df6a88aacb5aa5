using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Hosting;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <remarks>Covers <see cref="WorkloadGuard{T}"/>, <see cref="WorkloadTemplate"/>, <see cref="WorkloadOwner"/>, <see cref="WebhookSetup"/>.</remarks>
public sealed class WorkloadGuardTests(DenyingWorkloads denying) : IClassFixture<DenyingWorkloads>
{
    private readonly WebhookUnderTest _webhook = denying.Webhook;

    public static TheoryData<string, string, string, string> Kinds => new()
    {
        { "apps/v1", "Deployment", """{"selector":{"matchLabels":{}},"template":TEMPLATE}""", "spec.template.spec" },
        { "apps/v1", "StatefulSet", """{"selector":{"matchLabels":{}},"template":TEMPLATE}""", "spec.template.spec" },
        { "apps/v1", "DaemonSet", """{"selector":{"matchLabels":{}},"template":TEMPLATE}""", "spec.template.spec" },
        { "apps/v1", "ReplicaSet", """{"selector":{"matchLabels":{}},"template":TEMPLATE}""", "spec.template.spec" },
        { "batch/v1", "Job", """{"template":TEMPLATE}""", "spec.template.spec" },
        { "batch/v1", "CronJob", """{"schedule":"@daily","jobTemplate":{"spec":{"template":TEMPLATE}}}""", "spec.jobTemplate.spec.template.spec" },
        { "v1", "ReplicationController", """{"template":TEMPLATE}""", "spec.template.spec" },
        { "v1", "PodTemplate", "", "template.spec" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Deny_ForbiddenImage_IsDeniedAndRewritesAreWarnings(string apiVersion, string kind, string spec, string path)
    {
        var outcome = await _webhook.Host.SendAsync(AdmissionReviewBuilder.Create(Workload(apiVersion, kind, spec)), WebhookSetup.WorkloadsName);

        Assert.Equal($"{path}.containers[1].image: evil.example/x:1 is denied: this registry is not approved (rule evil)", outcome.EnsureDenied().Message);
        Assert.Equal([$"{path}.containers[0].image: nginx:1.9 is pulled as registry.example.com/hub/library/nginx:1.9 (rule hub)"], outcome.Warnings);
        Assert.False(outcome.HasPatch);
    }

    [Fact]
    public async Task Warn_ForbiddenImage_IsAllowedWithTheSameMessage()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text, "--Workloads=warn");

        var outcome = await webhook.Host.SendAsync(AdmissionReviewBuilder.Create(Deployment("evil.example/x:1")), WebhookSetup.WorkloadsName);

        Assert.Equal(
            ["spec.template.spec.containers[0].image: evil.example/x:1 is denied: this registry is not approved (rule evil)"], outcome.EnsureAllowed().Warnings);
    }

    [Fact]
    public async Task Update_ImageWasThereBefore_IsNotLookedAt()
    {
        var (old, scaled) = (Deployment("evil.example/x:1"), Deployment("evil.example/x:1"));
        scaled.Spec.Replicas = 3;

        (await _webhook.Host.SendAsync(AdmissionReviewBuilder.Update(old, scaled), WebhookSetup.WorkloadsName)).EnsureAllowed();
        (await _webhook.Host.SendAsync(AdmissionReviewBuilder.Update(old, Deployment("evil.example/x:2")), WebhookSetup.WorkloadsName)).EnsureDenied();
    }

    [Fact]
    public async Task Create_ByAnotherWorkload_IsLeftToItsPods()
    {
        var set = new V1ReplicaSet
        {
            Metadata = new V1ObjectMeta
            {
                Name = "web-1",
                NamespaceProperty = "shop",
                OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "Deployment", Name = "web", Uid = "1", Controller = true }],
            },
            Spec = new V1ReplicaSetSpec { Template = Deployment("evil.example/x:1").Spec.Template },
        };

        var review = AdmissionReviewBuilder.Create(set).WithUser("system:serviceaccount:kube-system:deployment-controller", "system:serviceaccounts:kube-system");

        (await _webhook.Host.SendAsync(review, WebhookSetup.WorkloadsName)).EnsureAllowed();
    }

    [Theory]
    [InlineData("ConfigMap", "v1", "alice")]
    [InlineData("Deployment", "apps/v1", "alice")]
    [InlineData("Deployment", "apps/v1", "system:serviceaccount:shop:deployment-controller")]
    [InlineData("ConfigMap", "v1", "system:serviceaccount:kube-system:deployment-controller")]
    [InlineData("Deployment", "acme.example/v1", "system:serviceaccount:kube-system:deployment-controller")]
    [InlineData("CronJob", "batch/v1", "system:serviceaccount:kube-system:deployment-controller")]
    public async Task Create_OwnerThatProvesNothing_IsDenied(string kind, string apiVersion, string user)
    {
        // The API server looks neither owner nor uid up, so anybody writes what they like; only the controllers' own requests count.
        var deployment = Deployment("evil.example/x:1");
        deployment.Metadata.OwnerReferences = [new V1OwnerReference { ApiVersion = apiVersion, Kind = kind, Name = "web", Uid = "1", Controller = true }];

        (await _webhook.Host.SendAsync(AdmissionReviewBuilder.Create(deployment).WithUser(user), WebhookSetup.WorkloadsName)).EnsureDenied();
    }

    [Theory]
    [InlineData("Deployment", "apps/v1", "system:kube-controller-manager")]
    [InlineData("CronJob", "batch/v1", "system:serviceaccount:kube-system:cronjob-controller")]
    public async Task Create_ByTheOwnersController_IsLeftToItsPods(string kind, string apiVersion, string user)
    {
        var job = new V1Job
        {
            Metadata = new V1ObjectMeta { Name = "j", NamespaceProperty = "shop", OwnerReferences = [new V1OwnerReference { ApiVersion = apiVersion, Kind = kind, Name = "web", Uid = "1", Controller = true }] },
            Spec = new V1JobSpec { Template = Deployment("evil.example/x:1").Spec.Template },
        };

        (await _webhook.Host.SendAsync(AdmissionReviewBuilder.Create(job).WithUser(user), WebhookSetup.WorkloadsName)).EnsureAllowed();
    }

    [Fact]
    public async Task Create_PlaceholderOfIstio_IsNotLookedAt()
    {
        var deployment = Deployment("auto");
        deployment.Spec.Template.Spec.Containers[0].Name = "istio-proxy";

        Assert.Empty((await _webhook.Host.SendAsync(AdmissionReviewBuilder.Create(deployment), WebhookSetup.WorkloadsName)).EnsureAllowed().Warnings);
    }

    [Fact]
    public async Task Off_ThereIsNoSuchWebhook()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text);

        Assert.Equal([WebhookSetup.MutatorName, WebhookSetup.GuardName], webhook.Host.Webhooks.Select(webhook => webhook.Name));
    }

    private static V1Deployment Deployment(string image) => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop" },
        Spec = new V1DeploymentSpec
        {
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } },
            Template = new V1PodTemplateSpec
            {
                Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "web" } },
                Spec = new V1PodSpec { Containers = [new V1Container { Name = "app", Image = image }] },
            },
        },
    };

    private static string Workload(string apiVersion, string kind, string spec)
    {
        const string Template = """{"spec":{"containers":[{"name":"a","image":"nginx:1.9"},{"name":"b","image":"evil.example/x:1"},{"name":"c","image":"registry.example.com/c"}]}}""";
        var content = spec.Length == 0 ? $"\"template\":{Template}" : $"\"spec\":{spec.Replace("TEMPLATE", Template, StringComparison.Ordinal)}";
        return $$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}","metadata":{"name":"web","namespace":"shop"},{{content}}}""";
    }
}
