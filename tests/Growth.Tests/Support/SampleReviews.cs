using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using AdmissionSdk.Dispatch;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Observability;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using ImageRegistryWebhook.Reloading;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Growth.Tests.Support;

/// <summary>Walks reviews through the sample's handlers.</summary>
internal static class SampleReviews
{
    private const string Mirror =
        """
        rules:
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub, imagePullSecrets: [hub-mirror]}
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
          - {name: old, match: {registries: [old.example.com]}, action: warn, message: it moves soon}
          - {name: evil, match: {registries: [evil.example]}, action: deny, message: this registry is not approved}
        default: deny
        """;

    private static readonly ServiceProvider Services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    public static Action Mutate(JsonObject pod) =>
        SdkReviews.Walk(SdkReviews.Review(pod), new MutatorInvoker<V1Pod>(_ => new ImageMutator(Reviewer(Mirror)), "mutator"), mutates: true);

    public static Action Guard(
        JsonObject pod, JsonObject? old = null, string policy = Mirror, string? user = null, string? @namespace = null, string? subresource = null)
    {
        var review = SdkReviews.Review(pod, request =>
        {
            request["userInfo"] = new JsonObject { ["username"] = user ?? "somebody" };
            request["namespace"] = @namespace ?? "shop";
            request["subResource"] = subresource;
            request["operation"] = old is null ? "CREATE" : "UPDATE";
            request["oldObject"] = old;
        });
        var guard = new ImageGuard(Reviewer(policy));
        return SdkReviews.Walk(review, new ValidatorInvoker<V1Pod>(_ => guard, "guard"), mutates: false);
    }

    public static Action Workload(JsonObject deployment)
    {
        var guard = new WorkloadGuard<V1Deployment>(Reviewer(Mirror), new WorkloadOptions(WorkloadMode.Deny));
        return SdkReviews.Walk(SdkReviews.Review(deployment), new ValidatorInvoker<V1Deployment>(_ => guard, "guard"), mutates: false);
    }

    private static ImageReviewer Reviewer(string policy)
    {
        var load = PolicyReader.Read(policy, "policy.yaml");
        Assert.Empty(load.Errors);
        var metrics = new WebhookMetrics(Services.GetRequiredService<IMeterFactory>());
        var live = new LivePolicy(new PolicyFile("policy.yaml"), new PolicyFileLoad(new PolicyEngine(load.Policy!), [], []), false, metrics, NullLogger<LivePolicy>.Instance);
        return new ImageReviewer(live, new OfflineRegistryLookup(), metrics, NullLogger<ImageReviewer>.Instance);
    }
}
