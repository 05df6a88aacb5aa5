using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.EndToEnd.Tests.Sample.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.EndToEnd.Tests.Sample;

/// <summary>
/// Every replica of the reference webhook is down, both webhooks are Ignore, and the guard policy is in force: the policy alone decides, inside the API server.
/// </summary>
/// <remarks>Covers docs/guard-policy.md, <see cref="ImageRegistryWebhook.Guarding.GuardGenerator"/>, <see cref="AdmissionSdk.Manifests.GuardPolicies"/>, <see cref="ClusterPolicies"/>, <see cref="PolicyApplier"/>, <see cref="PolicyDriftFinder"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class OutageDrill(ApiServerSession session, ITestOutputHelper output)
{
    private const string Guard = "guard.registry-webhook.example.com";
    private const string Approved = "registry.example.com/library/nginx:1.9";

    private readonly KeyValuePair<string, string>[] _settings = [new($"AdmissionWebhooks__Webhooks__{Guard}__FailurePolicy", "Ignore")];

    [ApiServerFact(MinVersion = "1.30")]
    public async Task WebhookDown_GuardIgnored_ThePolicyRefusesUnapprovedImages()
    {
        var server = session.Server;
        var (own, shop) = (await server.CreateNamespaceAsync(), await server.CreateNamespaceAsync());

        // An address without a listener is like a Service whose replicas are all down.
        string[] place = ["--app", "drill", "--namespace", own, "--url", "https://127.0.0.1:1", "--certificates", "secret"];
        try
        {
            await RunAsync(0, ["apply", .. place]);
            await server.WaitForWebhooksAsync();
            await Say("without the policy, unapproved", () => CreateAsync(shop, "nginx:1.9"), refusal: null);

            Assert.Contains("created", await RunAsync(0, ["apply", "--guard-policy", .. place]), StringComparison.Ordinal);
            Assert.DoesNotContain("changed", (await RunAsync(0, ["apply", "--guard-policy", .. place])).Replace("unchanged", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal("", await RunAsync(0, ["diff", "--guard-policy", .. place]));

            // The API server takes a policy up in its own time.
            await Eventually.HoldsAsync(async () => !await IsAllowedAsync(() => CreateAsync(shop, "nginx:1.9")), "the policy is in force");

            var refused = $"ValidatingAdmissionPolicy 'drill.{own}.{Guard}' with binding 'drill.{own}.{Guard}' denied request: container app: image nginx:1.9 is denied: rewrite (rule docker-hub): the image must come from registry.example.com";
            await Say("unapproved image", () => CreateAsync(shop, "nginx:1.9"), refused);
            await Say("spelling that CEL cannot compare", () => CreateAsync(shop, "[::1]:5000/x"), "is denied: spelling");
            await Say("not an image", () => CreateAsync(shop, "https://nginx"), "is denied: invalid");
            await Say("approved image", () => CreateAsync(shop, Approved), refusal: null);
            await Say("image with a warning only", () => CreateAsync(shop, "quay.io/a/b:1"), refusal: null);
            await Say("unapproved image in kube-system", () => CreateAsync("kube-system", "nginx:1.9"), refusal: null);
            await Say("unapproved image in the webhook's own namespace", () => CreateAsync(own, "nginx:1.9"), refusal: null);
            await UpdateAsync(shop);
            await WeakenAndRepairAsync(own, place);

            Assert.Contains("guard policy", await RunAsync(null, ["status", "--guard-policy", .. place]), StringComparison.Ordinal);
            await RunAsync(1, ["diff", .. place]);
            Assert.Contains("removed", await RunAsync(0, ["apply", "--prune", .. place]), StringComparison.Ordinal);
            Assert.Empty((await server.Client.AdmissionregistrationV1.ListValidatingAdmissionPolicyBindingAsync(labelSelector: $"app.kubernetes.io/instance={own}")).Items);
            Assert.Empty((await server.Client.AdmissionregistrationV1.ListValidatingAdmissionPolicyAsync(labelSelector: $"app.kubernetes.io/instance={own}")).Items);
            output.WriteLine($"ci: outage drill on kube-apiserver {server.Version}: passed");
        }
        finally
        {
            await RunAsync(null, ["apply", "--prune", .. place]);
            await AppliedWebhooks.RemoveAsync(server.Client, $"drill.{own}");
            await server.WaitForWebhooksAsync();
        }
    }

    // A stored pod: labels change freely, an approved image may come, an unapproved may not; ephemeral containers alike.
    private async Task UpdateAsync(string shop)
    {
        var pods = session.Server.Client.CoreV1;
        await pods.CreateNamespacedPodAsync(Pods.Create("web", Approved), shop);
        await Say("label edit", () => PatchAsync("""{"metadata":{"labels":{"a":"b"}}}"""), refusal: null);
        await Say("approved new image", () => PatchAsync("""{"spec":{"containers":[{"name":"app","image":"registry.example.com/library/nginx:1.10"}]}}"""), refusal: null);
        await Say("unapproved new image", () => PatchAsync("""{"spec":{"containers":[{"name":"app","image":"nginx:1.10"}]}}"""), "is denied: rewrite (rule docker-hub)");
        await Say("unapproved debugger", () => DebugAsync("busybox:1"), "container debug: image busybox:1 is denied: rewrite (rule docker-hub)");
        await Say("approved debugger", () => DebugAsync(Approved), refusal: null);
        await pods.DeleteNamespacedPodAsync("web", shop, gracePeriodSeconds: 0);

        Task PatchAsync(string patch) => pods.PatchNamespacedPodAsync(new V1Patch(patch, V1Patch.PatchType.StrategicMergePatch), "web", shop);

        Task DebugAsync(string image) => pods.PatchNamespacedPodEphemeralcontainersAsync(
            new V1Patch("""{"spec":{"ephemeralContainers":[{"name":"debug","image":"IMAGE"}]}}""".Replace("IMAGE", image, StringComparison.Ordinal), V1Patch.PatchType.StrategicMergePatch), "web", shop);
    }

    // Somebody adds a condition that opens the guard; diff sees it, and apply removes it.
    private async Task WeakenAndRepairAsync(string own, string[] place)
    {
        var api = session.Server.Client.AdmissionregistrationV1;
        await api.PatchValidatingAdmissionPolicyAsync(
            new V1Patch("""[{"op":"add","path":"/spec/matchConditions","value":[{"name":"off","expression":"false"}]}]""", V1Patch.PatchType.JsonPatch), $"drill.{own}.{Guard}", fieldManager: "kubectl-edit");
        Assert.Contains("matchConditions", await RunAsync(1, ["diff", "--guard-policy", .. place]), StringComparison.Ordinal);
        Assert.Contains("changed", await RunAsync(0, ["apply", "--guard-policy", .. place]), StringComparison.Ordinal);
        Assert.Empty((await api.ReadValidatingAdmissionPolicyAsync($"drill.{own}.{Guard}")).Spec.MatchConditions ?? []);
    }

    private Task<V1Pod> CreateAsync(string @namespace, string image) =>
        session.Server.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("drill", image), @namespace, dryRun: "All");

    private static async Task<bool> IsAllowedAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (k8s.Autorest.HttpOperationException)
        {
            return false;
        }
    }

    private async Task Say(string what, Func<Task> act, string? refusal)
    {
        if (refusal is null)
        {
            await act();
            output.WriteLine($"{what}: allowed");
            return;
        }

        var status = await ApiErrors.RefusedAsync(act);
        output.WriteLine($"{what}: refused with {status.Code}: {status.Message}");
        Assert.Contains(refusal, status.Message, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(int? code, string[] arguments)
    {
        var run = await SampleCommand.RunAsync(_settings, [.. arguments, "--kubeconfig", session.Server.KubeConfigPath!]);
        output.WriteLine($"$ {string.Join(' ', arguments)}\n{run.Output}{run.Error}");
        Assert.True(code is null || run.ExitCode == code, $"exit code {run.ExitCode}: {run.Output}{run.Error}");
        return run.Output;
    }
}
