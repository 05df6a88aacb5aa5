using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Tests.Support;

/// <summary>Examples for each rule of the linter: webhooks that break the rule, and the nearest webhooks that do not.</summary>
internal static class LintCases
{
    private static readonly ManifestOptions App = new() { App = "app" };

    public static IReadOnlyDictionary<string, LintCase> All { get; } = new Dictionary<string, LintCase>
    {
        ["ADM1001"] = new(
            webhooks => Guard(webhooks, webhook => webhook.FailurePolicy(FailurePolicy.Ignore)),
            webhooks => Guard(webhooks, webhook => webhook.FailurePolicy(FailurePolicy.Fail))),
        ["ADM1039"] = new(
            webhooks => Guard(webhooks, webhook => webhook.FailurePolicy(FailurePolicy.Ignore)),
            webhooks => Guard(webhooks, webhook => webhook.FailurePolicy(FailurePolicy.Ignore).OnTooLarge(TooLargePolicy.Deny))),
        ["ADM1002"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("*", "*", "*", "*")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("apps", "*", "*", "scale"))),
        ["ADM1003"] = new(
            webhooks => Guard(webhooks, webhook => webhook.WithoutDefaultExemptions(), rule => rule.Resource("", "v1", "pods")),
            webhooks => Guard(webhooks, webhook => webhook.WithoutDefaultExemptions().FailurePolicy(FailurePolicy.Ignore), rule => rule.Resource("", "v1", "pods"))),
        ["ADM1004"] = new(
            webhooks => Guard(webhooks), webhooks => Guard(webhooks),
            App.With(app => app.KubeVersion = new Version(1, 20)), App.With(app => app.KubeVersion = new Version(1, 21))),
        ["ADM1005"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("coordination.k8s.io", "v1", "leases")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("coordination.k8s.io", "v1", "leases").On(Operations.Delete))),
        ["ADM1006"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "nodes", "*")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "nodes"))),
        ["ADM1007"] = new(
            webhooks => Guard(webhooks), webhooks => Guard(webhooks),
            App.With(app => app.Url = new Uri("https://hook.hooks.svc")), App.With(app => app.Url = new Uri("https://hook.example.com"))),
        ["ADM1008"] = new(
            webhooks => Guard(webhooks, webhook => webhook.OnError(ErrorPolicy.AllowWithWarning)),
            webhooks => Guard(webhooks, webhook => webhook.OnError(ErrorPolicy.Deny))),
        ["ADM1009"] = new(
            webhooks => Guard(webhooks, webhook => webhook.MatchPolicy(MatchPolicy.Exact)),
            webhooks => Guard(webhooks, webhook => webhook.MatchPolicy(MatchPolicy.Exact), rule => rule.Resource("", "*", "services"))),
        ["ADM1010"] = new(
            webhooks => Guard(webhooks, webhook => webhook.ObjectSelector(labels => labels.DoesNotExist("skip"))),
            webhooks => Guard(webhooks, webhook => webhook.NamespaceSelector(labels => labels.DoesNotExist("skip")))),
        ["ADM1011"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods").Subresources("ephemeralcontainers"))),
        ["ADM1012"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods").On(Operations.Delete)),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods").Resource("", "v1", "pods", "eviction").On(Operations.Delete | Operations.Create))),
        ["ADM1013"] = new(
            webhooks => Change(webhooks),
            webhooks => Guard(Change(webhooks))),
        ["ADM1014"] = new(
            webhooks => Guard(webhooks, webhook => webhook.Timeout(TimeSpan.FromSeconds(11))),
            webhooks => Guard(webhooks, webhook => webhook.Timeout(TimeSpan.FromSeconds(10)))),
        ["ADM1015"] = new(
            webhooks => Guard(Change(webhooks, webhook => webhook.Timeout(TimeSpan.FromSeconds(25))), webhook => webhook.Timeout(TimeSpan.FromSeconds(10))),
            webhooks => Guard(Change(webhooks, webhook => webhook.Timeout(TimeSpan.FromSeconds(24))), webhook => webhook.Timeout(TimeSpan.FromSeconds(10)))),
        ["ADM1016"] = new(
            webhooks => Change(webhooks, rule: rule => rule.On(Operations.Create | Operations.Delete)),
            webhooks => Change(webhooks, rule: rule => rule.On(Operations.Create | Operations.Update))),
        ["ADM1017"] = new(
            webhooks => Change(webhooks, webhook => webhook.SideEffects(SideEffects.NoneOnDryRun).ReinvocationPolicy(ReinvocationPolicy.IfNeeded)),
            webhooks => Change(webhooks, webhook => webhook.SideEffects(SideEffects.NoneOnDryRun))),
        ["ADM1018"] = new(
            webhooks => Guard(webhooks, webhook => webhook.ReviewVersions("v1beta1", "v1")),
            webhooks => Guard(webhooks, webhook => webhook.ReviewVersions("v1", "v1beta1"))),
        ["ADM1019"] = new(
            webhooks => Guard(webhooks, webhook => webhook.MatchCondition("a", "true")), webhooks => Guard(webhooks, webhook => webhook.MatchCondition("a", "true")),
            App.With(app => app.KubeVersion = new Version(1, 27)), App.With(app => app.KubeVersion = new Version(1, 28))),
        ["ADM1020"] = new(
            webhooks => Guard(webhooks, webhook => webhook.MatchCondition("a", "namespaceObject.metadata.name == 'a'")),
            webhooks => Guard(webhooks, webhook => webhook.MatchCondition("a", "object.namespaceObject == 'params'"))),
        ["ADM1021"] = new(
            webhooks => Guard(webhooks, webhook => webhook.MatchCondition("a", string.Join(" || ", Enumerable.Repeat("authorizer.group('a').check('b').allowed()", 3)))),
            webhooks => Guard(webhooks, webhook => webhook.MatchCondition("a", string.Join(" || ", Enumerable.Repeat("authorizer.group('a').check('b').allowed()", 2))))),
        ["ADM1022"] = new(
            webhooks => webhooks.AddMutator<Widget>("widgets.registry.example.com", context => AdmissionResult.Allow()),
            webhooks => webhooks.AddMutator<NullableWidget>("widgets.registry.example.com", context => AdmissionResult.Allow())),
        ["ADM1023"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("rbac.authorization.k8s.io", "v1", "clusterroles"))),
        ["ADM1024"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "namespaces").Scope(ResourceScope.Namespaced)),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "namespaces").Scope(ResourceScope.Cluster))),
        ["ADM1025"] = new(
            webhooks => webhooks.AddValidator<V1Pod>("pods.registry.example.com", context => AdmissionResult.Allow(), rule => rule.Subresources("*")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods", "*"))),
        ["ADM1026"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("authorization.k8s.io", "v1", "subjectaccessreviews")),
            webhooks => Guard(webhooks, webhook => webhook.FailurePolicy(FailurePolicy.Ignore), rule => rule.Resource("authorization.k8s.io", "v1", "subjectaccessreviews")),
            App.With(app => app.KubeVersion = new Version(1, 36)), App.With(app => app.KubeVersion = new Version(1, 36))),
        ["ADM1027"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "nodes")),
            webhooks => Guard(webhooks, webhook => webhook.MatchCondition("people", "!('system:nodes' in request.userInfo.groups)"), rule => rule.Resource("", "v1", "nodes"))),
        ["ADM1028"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pod")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("example.com", "v1", "pod").Resource("apps", "v1", "*").Resource("", "*", "pods", "status"))),
        ["ADM1029"] = new(
            webhooks => Guard(webhooks, webhook => webhook.SideEffects(SideEffects.NoneOnDryRun)),
            webhooks => Guard(webhooks, webhook => webhook.SideEffects(SideEffects.None))),
        ["ADM1030"] = new(
            webhooks => Guard(webhooks, webhook => webhook.AcceptLint("ADM9999", "a slip")),
            webhooks => Guard(webhooks, webhook => webhook.AcceptLint("ADM1001", "only advice"))),
        ["ADM1031"] = new(
            webhooks => Guard(webhooks, webhook => webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.Resource("batch", "v1", "cronjobs")), rule => rule.Resource("*", "*", "*")),
            webhooks => Guard(webhooks, webhook => webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.Resource("batch", "v1", "cronjobs")), rule => rule.Resource("batch", "v1beta1", "*"))),
        ["ADM1032"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods").Subresources("ephemeralcontainers")),
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods").Subresources("resize"))),
        ["ADM1033"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("apps", "v1", "deployments")),
            webhooks => Guard(webhooks, webhook => webhook.Handle<V1Scale>(context => AdmissionResult.Allow(), rule => rule.Resource("apps", "v1", "deployments", "scale")), rule => rule.Resource("apps", "v1", "deployments"))),
        ["ADM1034"] = new(
            webhooks => webhooks.AddValidator<PartialObjectMetadata>("guard.registry.example.com", context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "services")),
            webhooks => webhooks.AddValidator<PartialObjectMetadata>("guard.registry.example.com", context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "services").Subresources("status"))),
        ["ADM1035"] = Judged(ConditionFlawKind.Refused),
        ["ADM1036"] = Judged(ConditionFlawKind.AlwaysTrue),
        ["ADM1037"] = Judged(ConditionFlawKind.NeverTrue),
        ["ADM1038"] = Judged(ConditionFlawKind.Costly),
        ["ADM1040"] = new(
            webhooks => Guard(webhooks, rule: rule => rule.Resource("", "v1", "pods").Subresources("ephemeralcontainers", "resize")),
            webhooks => Guard(webhooks, webhook => webhook.GuardPolicy(policy => policy.Validate("true", "never")), rule => rule.Resource("", "v1", "pods").Subresources("ephemeralcontainers", "resize"))),
    };

    // The core has no compiler; the rules report what a compiler finds.
    private static LintCase Judged(ConditionFlawKind kind) => new(
        webhooks => Guard(webhooks, webhook => webhook.MatchCondition("bad", "true")),
        webhooks => Guard(webhooks, webhook => webhook.MatchCondition("good", "true")))
    {
        Judge = new FakeConditionJudge(kind),
    };

    private static AdmissionWebhooksBuilder Guard(
        AdmissionWebhooksBuilder webhooks, Action<ValidatingWebhookBuilder>? configure = null, Action<HandlerRuleBuilder>? rule = null) =>
        webhooks.AddValidatingWebhook("guard.registry.example.com", webhook =>
        {
            webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule ?? (builder => builder.Resource("", "v1", "services")));
            configure?.Invoke(webhook);
        });

    private static AdmissionWebhooksBuilder Change(
        AdmissionWebhooksBuilder webhooks, Action<MutatingWebhookBuilder>? configure = null, Action<HandlerRuleBuilder>? rule = null) =>
        webhooks.AddMutatingWebhook("change.registry.example.com", webhook =>
        {
            webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), builder =>
            {
                builder.Resource("", "v1", "services");
                rule?.Invoke(builder);
            });
            configure?.Invoke(webhook);
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
