using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Tests.Support;

/// <summary>For each rule of the linter webhooks that break it, and the nearest that do not.</summary>
internal static class LintCases
{
    private static readonly ManifestOptions App = new() { App = "app" };

    public static IReadOnlyDictionary<string, LintCase> All { get; } = new Dictionary<string, LintCase>
    {
        ["ADM1001"] = new(
            hooks => Guard(hooks, hook => hook.FailurePolicy(FailurePolicy.Ignore)),
            hooks => Guard(hooks, hook => hook.FailurePolicy(FailurePolicy.Fail))),
        ["ADM1002"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("*", "*", "*", "*")),
            hooks => Guard(hooks, rule: rule => rule.Resource("apps", "*", "*", "scale"))),
        ["ADM1003"] = new(
            hooks => Guard(hooks, hook => hook.WithoutDefaultExemptions(), rule => rule.Resource("", "v1", "pods")),
            hooks => Guard(hooks, hook => hook.WithoutDefaultExemptions().FailurePolicy(FailurePolicy.Ignore), rule => rule.Resource("", "v1", "pods"))),
        ["ADM1004"] = new(
            hooks => Guard(hooks), hooks => Guard(hooks),
            App with { KubeVersion = new Version(1, 20) }, App with { KubeVersion = new Version(1, 21) }),
        ["ADM1005"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("coordination.k8s.io", "v1", "leases")),
            hooks => Guard(hooks, rule: rule => rule.Resource("coordination.k8s.io", "v1", "leases").On(Operations.Delete))),
        ["ADM1006"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "nodes", "*")),
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "nodes"))),
        ["ADM1007"] = new(
            hooks => Guard(hooks), hooks => Guard(hooks),
            App with { Url = new Uri("https://hook.hooks.svc") }, App with { Url = new Uri("https://hook.example.com") }),
        ["ADM1008"] = new(
            hooks => Guard(hooks, hook => hook.OnError(ErrorPolicy.AllowWithWarning)),
            hooks => Guard(hooks, hook => hook.OnError(ErrorPolicy.Deny))),
        ["ADM1009"] = new(
            hooks => Guard(hooks, hook => hook.MatchPolicy(MatchPolicy.Exact)),
            hooks => Guard(hooks, hook => hook.MatchPolicy(MatchPolicy.Exact), rule => rule.Resource("", "*", "services"))),
        ["ADM1010"] = new(
            hooks => Guard(hooks, hook => hook.ObjectSelector(labels => labels.DoesNotExist("skip"))),
            hooks => Guard(hooks, hook => hook.NamespaceSelector(labels => labels.DoesNotExist("skip")))),
        ["ADM1011"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "pods")),
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "pods").Subresource("ephemeralcontainers"))),
        ["ADM1012"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "pods").On(Operations.Delete)),
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "pods").Resource("", "v1", "pods", "eviction").On(Operations.Delete | Operations.Create))),
        ["ADM1013"] = new(
            hooks => Change(hooks),
            hooks => Guard(Change(hooks))),
        ["ADM1014"] = new(
            hooks => Guard(hooks, hook => hook.Timeout(TimeSpan.FromSeconds(11))),
            hooks => Guard(hooks, hook => hook.Timeout(TimeSpan.FromSeconds(10)))),
        ["ADM1015"] = new(
            hooks => Guard(Change(hooks, hook => hook.Timeout(TimeSpan.FromSeconds(25))), hook => hook.Timeout(TimeSpan.FromSeconds(10))),
            hooks => Guard(Change(hooks, hook => hook.Timeout(TimeSpan.FromSeconds(24))), hook => hook.Timeout(TimeSpan.FromSeconds(10)))),
        ["ADM1016"] = new(
            hooks => Change(hooks, rule: rule => rule.On(Operations.Create | Operations.Delete)),
            hooks => Change(hooks, rule: rule => rule.On(Operations.Create | Operations.Update))),
        ["ADM1017"] = new(
            hooks => Change(hooks, hook => hook.SideEffects(SideEffects.NoneOnDryRun).ReinvocationPolicy(ReinvocationPolicy.IfNeeded)),
            hooks => Change(hooks, hook => hook.SideEffects(SideEffects.NoneOnDryRun))),
        ["ADM1018"] = new(
            hooks => Guard(hooks, hook => hook.ReviewVersions("v1beta1", "v1")),
            hooks => Guard(hooks, hook => hook.ReviewVersions("v1", "v1beta1"))),
        ["ADM1019"] = new(
            hooks => Guard(hooks, hook => hook.MatchCondition("a", "true")), hooks => Guard(hooks, hook => hook.MatchCondition("a", "true")),
            App with { KubeVersion = new Version(1, 27) }, App with { KubeVersion = new Version(1, 28) }),
        ["ADM1020"] = new(
            hooks => Guard(hooks, hook => hook.MatchCondition("a", "namespaceObject.metadata.name == 'a'")),
            hooks => Guard(hooks, hook => hook.MatchCondition("a", "object.namespaceObject == 'params'"))),
        ["ADM1021"] = new(
            hooks => Guard(hooks, hook => hook.MatchCondition("a", string.Join(" || ", Enumerable.Repeat("authorizer.group('a').check('b').allowed()", 3)))),
            hooks => Guard(hooks, hook => hook.MatchCondition("a", string.Join(" || ", Enumerable.Repeat("authorizer.group('a').check('b').allowed()", 2))))),
        ["ADM1022"] = new(
            hooks => hooks.AddMutator<Widget>("widgets.registry.example.com", context => AdmissionResult.Allow()),
            hooks => hooks.AddMutator<NullableWidget>("widgets.registry.example.com", context => AdmissionResult.Allow())),
        ["ADM1023"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations")),
            hooks => Guard(hooks, rule: rule => rule.Resource("rbac.authorization.k8s.io", "v1", "clusterroles"))),
        ["ADM1024"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "namespaces").Scope(ResourceScope.Namespaced)),
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "namespaces").Scope(ResourceScope.Cluster))),
        ["ADM1025"] = new(
            hooks => hooks.AddValidator<V1Pod>("pods.registry.example.com", context => AdmissionResult.Allow(), rule => rule.Subresource("*")),
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "pods", "*"))),
        ["ADM1026"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("authorization.k8s.io", "v1", "subjectaccessreviews")),
            hooks => Guard(hooks, hook => hook.FailurePolicy(FailurePolicy.Ignore), rule => rule.Resource("authorization.k8s.io", "v1", "subjectaccessreviews"))),
        ["ADM1027"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "nodes")),
            hooks => Guard(hooks, hook => hook.MatchCondition("people", "!('system:nodes' in request.userInfo.groups)"), rule => rule.Resource("", "v1", "nodes"))),
        ["ADM1028"] = new(
            hooks => Guard(hooks, rule: rule => rule.Resource("", "v1", "pod")),
            hooks => Guard(hooks, rule: rule => rule.Resource("example.com", "v1", "pod").Resource("apps", "v1", "*").Resource("", "*", "pods", "status"))),
        ["ADM1029"] = new(
            hooks => Guard(hooks, hook => hook.SideEffects(SideEffects.NoneOnDryRun)),
            hooks => Guard(hooks, hook => hook.SideEffects(SideEffects.None))),
        ["ADM1030"] = new(
            hooks => Guard(hooks, hook => hook.AcceptLint("ADM9999", "a slip")),
            hooks => Guard(hooks, hook => hook.AcceptLint("ADM1001", "only advice"))),
    };

    private static AdmissionWebhooksBuilder Guard(
        AdmissionWebhooksBuilder hooks, Action<ValidatingWebhookBuilder>? webhook = null, Action<HandlerBuilder>? rule = null) =>
        hooks.AddValidating("guard.registry.example.com", hook =>
        {
            hook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule ?? (builder => builder.Resource("", "v1", "services")));
            webhook?.Invoke(hook);
        });

    private static AdmissionWebhooksBuilder Change(
        AdmissionWebhooksBuilder hooks, Action<MutatingWebhookBuilder>? webhook = null, Action<HandlerBuilder>? rule = null) =>
        hooks.AddMutating("change.registry.example.com", hook =>
        {
            hook.Handle<JsonObject>(context => AdmissionResult.Allow(), builder =>
            {
                builder.Resource("", "v1", "services");
                rule?.Invoke(builder);
            });
            webhook?.Invoke(hook);
        });

    [KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
    private sealed class Widget
    {
        public WidgetSpec? Spec { get; set; }
    }

    private sealed class WidgetSpec
    {
        public int Replicas { get; set; }
    }

    [KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
    private sealed class NullableWidget
    {
        public int? Replicas { get; set; }

        public required bool IsOn { get; set; }
    }
}
