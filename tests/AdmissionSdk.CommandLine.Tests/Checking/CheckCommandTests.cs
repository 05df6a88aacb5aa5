using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Tests.Checking;

/// <remarks>Covers <see cref="ReviewedObject"/>, <see cref="CheckCommand"/>, <see cref="ReviewOptions"/>, <see cref="Claims"/>, <see cref="ManifestReviewer"/>, <see cref="ManifestReviewWriter"/>, <see cref="ManifestWebhookCaller"/>, <see cref="ReviewVerdict"/>, <see cref="ReviewRun"/>.</remarks>
public sealed class CheckCommandTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n  - name: web\n    image: nginx\n";

    private readonly ManifestCommand _command = new();

    public void Dispose() => _command.Dispose();

    [Fact]
    public async Task Check_HandlersOfTheApplication_MutateThenValidate()
    {
        string? seen = null;
        var file = _command.Write("pod.yaml", Pod + "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: other}\n");

        var run = await _command.RunAsync(
            webhooks => webhooks
                .AddMutatingWebhook("images.example.com", webhook => webhook.Path("/mutate").Handle<V1Pod>(context =>
                {
                    context.Object.Spec.Containers[0].Image = "registry.example.com/nginx";
                    return AdmissionResult.Allow();
                }))
                .AddValidatingWebhook("guard.example.com", webhook => webhook.Path("/validate").Handle<V1Pod>(context =>
                {
                    seen = $"{context.Operation} {context.Namespace} {context.Name} {context.DryRun} {context.User.Username} {context.Object.Metadata.NamespaceProperty} {context.Object.Spec.Containers[0].Image}";
                    context.Warn("mind the gap");
                    return AdmissionResult.Invalid(FieldError.For<V1Pod>(pod => pod.Spec.Containers[0].Image, "it has no tag"));
                })),
            "check", file, "--user", "jane", "-n", "shop");

        Assert.Equal("CREATE shop web True jane shop registry.example.com/nginx", seen);
        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        var lines = run.Output.Split('\n');
        Assert.Equal("pod.yaml:8:12: patch: Pod web: replace spec.containers[0].image = \"registry.example.com/nginx\"", lines[0]);
        Assert.Equal("pod.yaml:1:1: warn: Pod web: mind the gap", lines[1]);
        Assert.StartsWith("pod.yaml:8:12: deny: Pod web: ", lines[2], StringComparison.Ordinal);
        Assert.Contains("it has no tag", lines[2], StringComparison.Ordinal);
        Assert.Equal("2 objects in 1 file: 1 judged, 1 not judged (1 without a webhook that would be called)", lines[3]);
        Assert.Equal("1 objects, 1 violations", lines[4]);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Check_WhatWouldBeChanged_FailsOnlyWhenStrict(int code, bool strict)
    {
        var file = _command.Write("pod.yaml", Pod);
        string[] args = ["check", file];

        Assert.Equal(code, (await _command.RunAsync(Labels, strict ? [.. args, "--strict"] : args)).ExitCode);
    }

    [Fact]
    public async Task Check_HandlerThatFails_IsBadInputWithItsLine()
    {
        var run = await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V1Pod>(AdmissionResult (_) => throw new InvalidOperationException("secret"))),
            "check", _command.Write("pod.yaml", Pod), "--output", "sarif");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "pod.yaml:1:1: error: Pod web: guard.example.com: could not decide (uid 00000000-0000-0000-0000-000000000000): InvalidOperationException\n1 object in 1 file: 0 judged, 1 not judged (1 undecided)\n",
            run.Error);
        Assert.Contains("\"executionSuccessful\":false", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("github")]
    public async Task Check_Output_IsWellFormedAndNamesTheDenial(string format)
    {
        var run = await _command.RunAsync(Deny, "check", _command.Write("pod.yaml", Pod), "--output", format);

        Assert.Equal((1, ""), (run.ExitCode, run.Error));
        Assert.Contains("not today", run.Output, StringComparison.Ordinal);
        switch (format)
        {
            case "junit":
                Assert.Equal("1", (string?)XDocument.Parse(run.Output).Root!.Attribute("failures"));
                break;
            case "json":
                Assert.Equal("deny", (string?)Assert.Single(JsonNode.Parse(run.Output)!.AsArray())!["verdict"]);
                break;
            case "sarif":
                using (JsonDocument.Parse(run.Output))
                {
                }

                break;
        }
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {namespace: kube-system}\n", 0)]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {labels: {skip: \"yes\"}}\n", 0)]
    [InlineData("apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n- {apiVersion: v1, kind: Pod}\n", 1)]
    [InlineData("{\"apiVersion\": \"v1\", \"kind\": \"PodList\", \"items\": [{\"metadata\": {\"name\": \"a\"}}]}", 1)]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n", 0)]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nitems: [{apiVersion: v1, kind: Pod}]\n", 1)]
    [InlineData("apiVersion: v1\nkind: Pod\nitems: []\n", 0)]
    [InlineData("a: b\n", 0)]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n...\nkind: Pod\n", 0)]
    [InlineData("apiVersion: v1\nkind: ConfigMap\n--- {kind: Pod}\n", 2)]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: a}]}}}\n", 0)]
    public async Task Check_Object_IsShownToWhoWouldBeCalled(string manifest, int code) =>
        Assert.Equal(code, (await _command.RunAsync(Deny, "check", _command.Write("a.yaml", manifest))).ExitCode);

    [Theory]
    [InlineData("example.com", "policies", "apiVersion: example.com/v1\nkind: Policy\n")]
    [InlineData("", "endpoints", "apiVersion: v1\nkind: Endpoints\n")]
    [InlineData("*", "*", "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\n")]
    public async Task Check_HandlerForAResource_GetsItsKind(string group, string resource, string manifest)
    {
        var run = await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<JsonObject>(_ => AdmissionResult.Deny("not today"), rule => rule.Resource(group, group == "*" ? "*" : "v1", resource))),
            "check", _command.Write("a.yaml", manifest));

        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task Check_OtherVersionOfAKind_IsNotAskedAndSaysSo()
    {
        var run = await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V2HorizontalPodAutoscaler>(_ => AdmissionResult.Deny("not today"))),
            "check", _command.Write("a.yaml", "apiVersion: autoscaling/v1\nkind: HorizontalPodAutoscaler\nmetadata: {name: a}\n"));

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("guard.example.com would see this converted to version v2, which only an API server can do", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ClusterScopedObject_HasNoNamespace()
    {
        string? seen = null;

        await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V1ClusterRole>(context =>
            {
                seen = context.Namespace + context.Object.Metadata.NamespaceProperty;
                return AdmissionResult.Allow();
            })),
            "check", _command.Write("a.yaml", "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\n"));

        Assert.Equal("", seen);
    }

    // A selector chooses by the labels that kubectl sends: merged ones too, and keys by their value.
    [Theory]
    [InlineData("{<<: {skip: 'yes'}}", 0)]
    [InlineData("{<<: {yes: a}, \"yes\": b, skip: 'yes'}", 0)]
    [InlineData("{<<: {skip: 'yes'}, skip: 'no'}", 1)]
    public async Task Check_MergedLabels_AreSelectedBy(string labels, int code) => Assert.Equal(
        code, (await _command.RunAsync(Deny, "check", _command.Write("a.yaml", $"apiVersion: v1\nkind: Pod\nmetadata: {{name: a, labels: {labels}}}\n"))).ExitCode);

    private static void Labels(AdmissionWebhooksBuilder webhooks) => webhooks.AddMutatingWebhook("labels.example.com", webhook => webhook.Handle<V1Pod>(context =>
    {
        context.Object.Metadata.Labels = new Dictionary<string, string> { ["a"] = "b" };
        return AdmissionResult.Allow();
    }));

    private static void Deny(AdmissionWebhooksBuilder webhooks) => webhooks.AddValidatingWebhook(
        "guard.example.com",
        webhook => webhook.ObjectSelector(labels => labels.NotIn("skip", "yes")).Handle<V1Pod>(_ => AdmissionResult.Deny("not today")));
}
