using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Checking;

/// <summary>Match conditions decide for manifests as in a cluster, and say so if they need what a manifest does not have.</summary>
/// <remarks>Covers <see cref="ManifestConditions"/>, <see cref="Claims"/>, <see cref="ReviewedObject"/>.</remarks>
public sealed class ManifestConditionsTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx\n";
    private const string Excluded = "pod.yaml:1:1: excluded: Pod web: the match condition c0 keeps the object from guard.example.com";
    private const string Denied = "pod.yaml:1:1: deny: Pod web: not today";

    private readonly ManifestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData(Denied, 1, FailurePolicy.Fail, "object.metadata.name == 'web'")]
    [InlineData(Denied, 1, FailurePolicy.Fail, "request.operation == 'CREATE' && request.namespace == 'default' && request.kind.kind == 'Pod' && oldObject == null && !has(request.subResource)")]
    [InlineData(Excluded, 0, FailurePolicy.Fail, "object.metadata.name != 'web'", "object.absent == 1")]
    [InlineData("pod.yaml:1:1: deny: Pod web: the match conditions of guard.example.com fail: expression 'object.absent == 1' resulted in error: no such key: absent", 1, FailurePolicy.Fail, "object.absent == 1")]
    [InlineData("pod.yaml:1:1: excluded: Pod web: the match conditions of guard.example.com fail, so that the webhook is passed over: expression 'object.absent == 1' resulted in error: no such key: absent", 0, FailurePolicy.Ignore, "object.absent == 1")]
    [InlineData("depends on authorizer, which is not known without a cluster: the webhook is called all the same", 1, FailurePolicy.Fail, "authorizer.path('/').check('get').allowed()")]
    [InlineData("depends on request.userInfo, which is not known without a cluster, name the user with --user: the webhook is called all the same", 1, FailurePolicy.Fail, "!('system:nodes' in request.userInfo.groups)")]
    [InlineData("depends on request.dryRun", 1, FailurePolicy.Fail, "!request.dryRun")]
    [InlineData("depends on object.metadata.uid", 1, FailurePolicy.Fail, "!has(object.metadata.uid)")]
    [InlineData(Excluded, 0, FailurePolicy.Fail, "object.metadata.name != 'web' && authorizer.path('/').check('get').allowed()")]
    public async Task Check_Condition_Decides(string expected, int code, FailurePolicy policy, params string[] expressions)
    {
        var run = await _command.RunAsync(webhooks => Deny(webhooks, policy, expressions), "check", _command.Write("pod.yaml", Pod));

        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Equal((code, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Check_NamedUser_IsKnown()
    {
        var file = _command.Write("pod.yaml", Pod);

        var run = await _command.RunAsync(webhooks => Deny(webhooks, FailurePolicy.Fail, "request.userInfo.username != 'jane'"), "check", file, "--user", "jane", "--strict");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(Excluded, run.Output, StringComparison.Ordinal);
        Assert.Contains("1 object in 1 file: 0 judged, 1 not judged (1 kept from every webhook by match conditions)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_ExcludedObject_StaysAsItIs()
    {
        var file = _command.Write("pod.yaml", Pod);

        var run = await _command.RunAsync(
            webhooks => webhooks.AddMutatingWebhook("images.example.com", webhook => webhook.MatchCondition("c0", "object.metadata.name != 'web'").Handle<V1Pod>(context =>
            {
                context.Object.Spec.Containers[0].Image = "registry.example.com/nginx";
                return AdmissionResult.Allow();
            })),
            "rewrite", file);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("registry.example.com", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Condition_SeesTheChangesOfTheWebhooksBefore()
    {
        var run = await _command.RunAsync(
            webhooks => Deny(webhooks.AddMutatingWebhook("images.example.com", webhook => webhook.Path("/mutate").Handle<V1Pod>(context =>
            {
                context.Object.Spec.Containers[0].Image = "registry.example.com/nginx";
                return AdmissionResult.Allow();
            })), FailurePolicy.Fail, "object.spec.containers.all(c, !c.image.startsWith('registry.example.com/'))"),
            "check", _command.Write("pod.yaml", Pod));

        Assert.Contains("excluded: Pod web: the match condition c0 keeps", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MatchPolicy.Equivalent, "skipped")]
    [InlineData(MatchPolicy.Exact, "1 without a webhook that would be called")]
    public async Task Check_OtherVersion_IsOfInterestToEquivalentOnly(MatchPolicy policy, string expected)
    {
        var file = _command.Write("deployment.yaml", "apiVersion: apps/v1beta1\nkind: Deployment\nmetadata: {name: web}\n");

        var run = await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.MatchPolicy(policy).Handle<V1Deployment>(_ => AdmissionResult.Deny("not today"))), "check", file);

        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    private static void Deny(AdmissionWebhooksBuilder webhooks, FailurePolicy policy, params string[] expressions) =>
        webhooks.AddValidatingWebhook("guard.example.com", webhook =>
        {
            webhook.FailurePolicy(policy);
            for (var i = 0; i < expressions.Length; i++)
            {
                webhook.MatchCondition($"c{i}", expressions[i]);
            }

            webhook.Handle<V1Pod>(_ => AdmissionResult.Deny("not today"));
        });
}
