using AdmissionSdk.Cluster;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Checking;

/// <summary>The commands for manifests answer look-ups from what is given, and ask no cluster.</summary>
/// <remarks>Covers <see cref="GivenObjects"/>, <see cref="GivenOptions"/>, <see cref="ClusterConnection"/>, <see cref="Claims"/>.</remarks>
public sealed class GivenObjectsTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: shop\nspec:\n  containers:\n  - name: web\n    image: nginx\n";

    private readonly ManifestCommand _command = new();
    private int _asked;

    public void Dispose()
    {
        // Neither kubeconfig nor cluster is looked at, whatever a command was asked.
        Assert.Equal(0, _asked);
        _command.Dispose();
    }

    [Theory]
    [InlineData("shop:stage=prod", 0, "")]
    [InlineData("shop:stage=test", 1, "deny: Pod shop/web: stage is test")]
    [InlineData("shop:", 1, "deny: Pod shop/web: stage is -")]
    public async Task Check_NamespaceLabels_AreWhatLookupsFind(string labels, int exitCode, string expected)
    {
        var run = await _command.RunAsync(ByStage, "check", _command.Write("pod.yaml", Pod), "--namespace-labels", labels);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NamespaceThatNobodyGave_IsNotJudgedAndSaysWhy()
    {
        var run = await _command.RunAsync(ByStage, "check", _command.Write("pod.yaml", Pod));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "pod.yaml:1:1: error: Pod shop/web: guard.example.com: could not decide (uid 00000000-0000-0000-0000-000000000000): namespace shop is not known without a cluster: pass --namespace-labels shop:KEY=VALUE\n",
            run.Error);
        Assert.Contains("1 object in 1 file: 0 judged, 1 not judged (1 undecided)", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_HandlerThatAllowsWhatItDoesNotKnow_IsNotJudged()
    {
        var run = await _command.RunAsync(
            webhooks => AddLookups(webhooks).AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V1Pod, CarelessGuard>()),
            "check", _command.Write("pod.yaml", Pod));

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "pod.yaml:1:1: error: Pod shop/web: guard.example.com decided without knowing: namespace shop is not known without a cluster: pass --namespace-labels shop:KEY=VALUE\n",
            run.Error);
    }

    [Fact]
    public async Task Check_NamespaceAmongTheManifests_IsKnown()
    {
        var file = _command.Write("all.yaml", Pod + "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {stage: prod}}\n");

        Assert.Equal(0, (await _command.RunAsync(ByStage, "check", file)).ExitCode);
    }

    [Theory]
    [InlineData("gold", 0)]
    [InlineData("none", 1)]
    public async Task Check_GivenObjects_AreWhatLookupsFind(string plan, int exitCode)
    {
        var team = _command.Write("team.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: team, namespace: shop}}\ndata: {{plan: {plan}}}\n");

        var run = await _command.RunAsync(ByPlan, "check", _command.Write("pod.yaml", Pod), "--objects", team);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
    }

    [Fact]
    public async Task Check_ObjectThatNobodyGave_IsUnknownAndNotMissing()
    {
        var run = await _command.RunAsync(ByPlan, "check", _command.Write("pod.yaml", Pod));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("configmaps/team in namespace shop is not known without a cluster: pass a file with it as --objects FILE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewrite_MutatorThatDoesNotKnow_ChangesNothing()
    {
        var file = _command.Write("pod.yaml", Pod);

        var run = await _command.RunAsync(
            webhooks => AddLookups(webhooks).AddMutatingWebhook("stage.example.com", webhook => webhook.Handle<V1Pod, StageLabel>()),
            "rewrite", file, "--write");

        Assert.Equal((2, Pod), (run.ExitCode, _command.Read("pod.yaml")));
    }

    [Theory]
    [InlineData("shop:team=web", "1 judged")]
    [InlineData("shop:team=db", "0 judged, 1 not judged (1 without a webhook that would be called)")]
    [InlineData("other:team=db", "1 judged")]
    public async Task Check_SelectorOfNamespaces_IsJudgedByWhatIsKnown(string labels, string expected)
    {
        var run = await _command.RunAsync(
            webhooks => webhooks.AddValidatingWebhook("guard.example.com", webhook => webhook.NamespaceSelector(selector => selector.In("team", "web")).Handle<V1Pod>(_ => AdmissionResult.Allow())),
            "check", _command.Write("pod.yaml", Pod), "--namespace-labels", labels);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stage=prod")]
    [InlineData("shop:stage")]
    public async Task Check_LabelsThatCannotBeRead_AreRefused(string labels)
    {
        var run = await _command.RunAsync(ByStage, "check", _command.Write("pod.yaml", Pod), "--namespace-labels", labels);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--namespace-labels is '{labels}': write NAMESPACE:KEY=VALUE,KEY=VALUE, such as shop:stage=prod.", run.Error, StringComparison.Ordinal);
    }

    private AdmissionWebhooksBuilder AddLookups(AdmissionWebhooksBuilder webhooks)
    {
        webhooks.Services.AddSingleton<ClusterFinder>(() =>
        {
            _asked++;
            return new Kubernetes(new KubernetesClientConfiguration { Host = "http://127.0.0.1:9" });
        });
        return webhooks.AddNamespaceLookup();
    }

    private void ByStage(AdmissionWebhooksBuilder webhooks) =>
        AddLookups(webhooks).AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V1Pod, StageGuard>());

    private void ByPlan(AdmissionWebhooksBuilder webhooks) =>
        AddLookups(webhooks).AddValidatingWebhook("guard.example.com", webhook => webhook.Handle<V1Pod, PlanGuard>());

    private sealed class StageGuard(INamespaceLookup namespaces) : IValidator<V1Pod>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
            var stage = known.Value?.Labels.GetValueOrDefault("stage", "-");
            return stage switch
            {
                null => AdmissionResult.Fail(known.Reason!),
                "prod" => AdmissionResult.Allow(),
                _ => AdmissionResult.Deny($"stage is {stage}"),
            };
        }
    }

    private sealed class CarelessGuard(INamespaceLookup namespaces) : IValidator<V1Pod>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            await namespaces.GetAsync(context.Namespace, cancellationToken);
            return AdmissionResult.Allow();
        }
    }

    private sealed class StageLabel(INamespaceLookup namespaces) : IMutator<V1Pod>
    {
        public async ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
            context.Patch.SetLabel("stage", known.Value?.Labels.GetValueOrDefault("stage") ?? "none");
            return AdmissionResult.Allow();
        }
    }

    private sealed class PlanGuard(IClusterLookup cluster) : IValidator<V1Pod>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var team = await cluster.GetAsync(
                (client, token) => client.CoreV1.ReadNamespacedConfigMapAsync("team", context.Namespace, cancellationToken: token), cancellationToken);
            return team.Status switch
            {
                LookupStatus.Found when team.Value!.Data["plan"] == "gold" => AdmissionResult.Allow(),
                LookupStatus.Unknown => AdmissionResult.Fail(team.Reason!),
                _ => AdmissionResult.Deny("the team has no plan"),
            };
        }
    }
}
