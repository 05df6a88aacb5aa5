using System.Text.Json.Nodes;
using AdmissionSdk.Linting;
using AdmissionSdk.Manifests;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Linting;

/// <summary>Edges of rules: webhooks that look like a finding and are not, and the other way round.</summary>
/// <remarks>Covers <see cref="BuiltInResources"/>, <see cref="DoorRules"/>, <see cref="SecondDoor"/>, <see cref="SecondDoors"/>, <see cref="Catching"/>, <see cref="NamespaceMatch"/>, <see cref="ConditionRules"/>, <see cref="LockoutRules"/>, <see cref="TypeRules"/>, <see cref="LintAtStart"/>, <see cref="LintContext"/>.</remarks>
public sealed class LintJudgementTests
{
    private const string Name = "guard.registry.example.com";
    private static readonly ManifestOptions App = new() { App = "app" };

    public static TheoryData<string, bool, Action<ValidatingWebhookBuilder>> Webhooks => new()
    {
        // ADM1002: only writes, and only of everything.
        { "ADM1002", false, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*", "scale")) },
        { "ADM1002", false, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*").On(Operations.Delete)) },
        { "ADM1002", true, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*").On(Operations.Update)) },

        // ADM1003: a selector counts only if it leaves both namespaces out.
        { "ADM1003", true, webhook => Pods(webhook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.DoesNotExist("skip"))) },
        { "ADM1003", true, webhook => Pods(webhook.WithoutDefaultExemptions().ExemptNamespaces("kube-system")) },
        { "ADM1003", true, webhook => Pods(webhook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.NotIn("kubernetes.io/metadata.name", "app"))) },
        { "ADM1003", false, webhook => Pods(webhook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.NotIn("kubernetes.io/metadata.name", "app", "kube-system"))) },
        { "ADM1003", false, webhook => Pods(webhook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.Exists("guarded"))) },
        { "ADM1003", false, webhook => Pods(webhook.WithoutDefaultExemptions().ExemptNamespaces("kube-system", "app")) },
        { "ADM1003", false, webhook => Handle(webhook.WithoutDefaultExemptions(), rule => rule.Resource("", "v1", "pods").On(Operations.Delete)) },

        // ADM1006: a target with its own operations.
        { "ADM1006", false, webhook => Handle(Handle(webhook, rule => rule.Resource("", "v1", "nodes", "status").On(Operations.Create)), rule => rule.Resource("", "v1", "services").On(Operations.Update)) },
        { "ADM1006", true, webhook => Handle(webhook, rule => rule.Resource("", "v1", "nodes", "status").On(Operations.Update)) },

        // ADM1021: all conditions of a webhook together.
        { "ADM1021", true, webhook => Handle(Conditions(webhook, 4), rule => rule.Resource("", "v1", "services")) },
        { "ADM1021", false, webhook => Handle(Conditions(webhook, 3), rule => rule.Resource("", "v1", "services")) },

        { "ADM1024", true, webhook => Handle(webhook, rule => rule.Resource("apps", "v1", "deployments").Scope(ResourceScope.Cluster)) },
        { "ADM1024", false, webhook => Handle(webhook, rule => rule.Resource("example.com", "v1", "widgets").Scope(ResourceScope.Cluster)) },

        // ADM1025: subresources with objects of their own.
        { "ADM1025", true, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresources("eviction")) },
        { "ADM1025", true, webhook => webhook.Handle<V1Deployment>(context => AdmissionResult.Allow(), rule => rule.Subresources("scale")) },
        { "ADM1025", false, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresources("status", "ephemeralcontainers")) },
        { "ADM1025", false, webhook => webhook.Handle<V1Eviction>(context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "pods", "eviction")) },
        { "ADM1025", false, webhook => webhook.Handle<V1Binding>(context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "pods", "binding")) },

        // Checks of access are not sent from Kubernetes 1.37 on, by name in any group, too; and everything is another finding.
        { "ADM1023", true, webhook => Handle(webhook, rule => rule.Resource("authentication.k8s.io", "*", "*")) },
        { "ADM1023", true, webhook => Handle(webhook, rule => rule.Resource("*", "*", "tokenreviews")) },
        { "ADM1026", false, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*")) },
        { "ADM1026", false, webhook => Handle(webhook, rule => rule.Resource("rbac.authorization.k8s.io", "v1", "*")) },

        { "ADM1027", true, webhook => Handle(webhook, rule => rule.Resource("certificates.k8s.io", "v1", "certificatesigningrequests")) },
        { "ADM1027", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "nodes").On(Operations.Delete)) },
        { "ADM1027", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "namespaces")) },

        // The scope counts: an object without a namespace is not one of a rule for objects in namespaces, and the other way round.
        { "ADM1003", false, webhook => Handle(webhook.WithoutDefaultExemptions(), rule => rule.Resource("", "v1", "*").Scope(ResourceScope.Cluster)) },
        { "ADM1003", true, webhook => Handle(webhook.WithoutDefaultExemptions(), rule => rule.Resource("", "v1", "*").Scope(ResourceScope.Namespaced)) },
        { "ADM1005", false, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*").Scope(ResourceScope.Cluster)) },
        { "ADM1027", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "*").Scope(ResourceScope.Namespaced)) },
        { "ADM1027", true, webhook => Handle(webhook, rule => rule.Resource("", "v1", "*").Scope(ResourceScope.Cluster)) },

        // ADM1023: each resource for itself.
        { "ADM1023", true, webhook => Handle(webhook, rule => rule.Resource("", "v1", "services").Resource("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations")) },

        { "ADM1028", true, webhook => Handle(webhook, rule => rule.Resource("", "v1", "pods", "evictions")) },
        { "ADM1028", true, webhook => Handle(webhook, rule => rule.Resource("extensions.k8s.io", "v1", "pods").Resource("apps", "v1", "pods")) },

        // ADM1011, ADM1012, ADM1032, ADM1033: doors of what is judged, by what is judged.
        { "ADM1011", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "pods").On(Operations.Delete)) },
        { "ADM1011", true, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*")) },
        { "ADM1011", false, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*", "*")) },
        { "ADM1012", false, webhook => Pods(webhook) },
        { "ADM1032", true, webhook => Handle(webhook, rule => rule.Resource("", "v1", "pods").On(Operations.Update)) },
        { "ADM1032", true, webhook => Handle(webhook, rule => rule.Resource("", "v1", "pods").Subresources("resize").On(Operations.Create)) },
        { "ADM1032", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "pods").On(Operations.Delete)) },
        { "ADM1032", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "pods", "*")) },
        { "ADM1032", false, webhook => Handle(webhook, rule => rule.Resource("", "v1", "services")) },
        { "ADM1033", true, webhook => webhook.Handle<V1StatefulSet>(context => AdmissionResult.Allow()) },
        { "ADM1033", true, webhook => webhook.Handle<V1ReplicationController>(context => AdmissionResult.Allow()) },
        { "ADM1033", false, webhook => webhook.Handle<V1DaemonSet>(context => AdmissionResult.Allow()) },
        { "ADM1033", false, webhook => webhook.Handle<V1Deployment>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Delete)) },
        { "ADM1033", true, webhook => webhook.Handle<V1Deployment>(context => AdmissionResult.Allow()).Handle<V1Scale>(context => AdmissionResult.Allow(), rule => rule.Resource("apps", "v1", "statefulsets", "scale")) },
        { "ADM1033", false, webhook => webhook.Handle<V1Deployment>(context => AdmissionResult.Allow()).Handle<V1Scale>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*", "scale")) },

        // A custom resource may have a scale subresource if its spec has replicas.
        { "ADM1033", true, webhook => webhook.Handle<Widget>(context => AdmissionResult.Allow()) },
        { "ADM1033", false, webhook => webhook.Handle<Widget>(context => AdmissionResult.Allow()).Handle<V1Scale>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*", "scale")) },

        // ADM1034: metadata is judged by a view of metadata, and a Namespace is little else.
        { "ADM1034", true, webhook => webhook.Handle<PartialObjectMetadata>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*")) },
        { "ADM1034", false, webhook => webhook.Handle<PartialObjectMetadata>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*", "*")) },
        { "ADM1034", false, webhook => webhook.Handle<PartialObjectMetadata>(context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "configmaps")) },
        { "ADM1034", true, webhook => webhook.Handle<V1Namespace>(context => AdmissionResult.Allow()) },
        { "ADM1034", true, webhook => webhook.Handle<V1Namespace>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Subresources("status")) },
        { "ADM1034", false, webhook => webhook.Handle<V1Namespace>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Subresources("status", "finalize")) },
        { "ADM1034", false, webhook => Pods(webhook) },

        // ADM1031: where other versions exist, and only under Equivalent.
        { "ADM1031", false, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow()).Handle<PartialObjectMetadata>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*")) },
        { "ADM1031", true, webhook => webhook.Handle<Widget>(context => AdmissionResult.Allow()).Handle<PartialObjectMetadata>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*")) },
        { "ADM1031", false, webhook => webhook.MatchPolicy(MatchPolicy.Exact).Handle<Widget>(context => AdmissionResult.Allow()).Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*")) },
        { "ADM1031", false, webhook => webhook.Handle<Widget>(context => AdmissionResult.Allow()).Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*").On(Operations.Delete)) },
        { "ADM1031", false, webhook => webhook.Handle<Widget>(context => AdmissionResult.Allow()).Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.Resource("apps", "*", "*")) },
    };

    [Theory]
    [MemberData(nameof(Webhooks))]
    public void Run_AtTheEdgeOfARule_FindsItOrNot(string id, bool isFound, Action<ValidatingWebhookBuilder> webhook)
    {
        var findings = AdmissionLint.Run(TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, webhook)), App);

        Assert.Equal(isFound, findings.Any(finding => finding.Rule.Id == id));
    }

    [Fact]
    public void Run_ExemptNamespacesOnAnOldKubernetes_HaveNoEffectEither()
    {
        var registry = TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, webhook => Pods(webhook.WithoutDefaultExemptions().ExemptNamespaces("kube-system", "app"))));

        Assert.Contains(AdmissionLint.Run(registry, App.With(app => app.KubeVersion = new Version(1, 20))), finding => finding.Rule.Id == "ADM1004");
    }

    // The API server keeps checks of access and identity to itself from 1.37 on (contract 1.6).
    [Theory]
    [InlineData("1.20", "authentication.k8s.io", "tokenreviews", "ADM1026")]
    [InlineData("1.36.9", "authentication.k8s.io", "tokenreviews", "ADM1026")]
    [InlineData("1.36", "*", "subjectaccessreviews", "ADM1026")]
    [InlineData("1.37", "authentication.k8s.io", "tokenreviews", "ADM1023")]
    [InlineData("1.37", "authentication.k8s.io", "*", "ADM1023")]
    [InlineData("1.37.1", "*", "subjectaccessreviews", "ADM1023")]
    [InlineData("1.38", "authorization.k8s.io", "selfsubjectrulesreviews", "ADM1023")]
    public void Run_CheckOfAccess_IsALockoutUpTo136AndNeverCalledAfterwards(string version, string group, string resource, string id)
    {
        var registry = TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, webhook => Handle(webhook.FailurePolicy(FailurePolicy.Fail), rule => rule.Resource(group, "*", resource))));

        var found = AdmissionLint.Run(registry, App.With(app => app.KubeVersion = Version.Parse(version))).Where(finding => finding.Rule.Id is "ADM1023" or "ADM1026").ToList();

        Assert.Equal(id, Assert.Single(found).Rule.Id);
        Assert.Equal(id == "ADM1023" ? $"Kubernetes {version} never calls it for {resource}{(group == "*" ? ".*" : $".{group}")}." : $"it fails closed and catches {resource}{(group == "*" ? ".*" : $".{group}")}.", found[0].Message);
    }

    // Such a rule names more than checks of access, and the wildcard of everything is judged by ADM1002.
    [Theory]
    [InlineData("1.36", "SubjectAccessReviews and leases")]
    [InlineData("1.37", "leases")]
    public void Run_Everything_NamesWhatIsCaughtInThatVersion(string version, string caught)
    {
        var registry = TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, webhook => Handle(webhook, rule => rule.Resource("*", "*", "*", "*"))));

        var findings = AdmissionLint.Run(registry, App.With(app => app.KubeVersion = Version.Parse(version)));

        Assert.Equal($"it is registered for every resource of every group, {caught} among them.", Assert.Single(findings, finding => finding.Rule.Id == "ADM1002").Message);
        Assert.DoesNotContain(findings, finding => finding.Rule.Id is "ADM1023" or "ADM1026");
    }

    public static TheoryData<string, bool, Action<MutatingWebhookBuilder>> Mutators => new()
    {
        // ADM1016: only where objects are deleted.
        { "ADM1016", true, webhook => webhook.Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any)) },
        { "ADM1016", false, webhook => webhook.Handle<PodExecOptions>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any)) },
        { "ADM1016", false, webhook => webhook.Handle<V1Eviction>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Resource("", "v1", "pods", "eviction")) },
        { "ADM1016", false, webhook => webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Resource("authentication.k8s.io", "v1", "tokenreviews")) },
        { "ADM1016", true, webhook => webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Resource("", "v1", "pods", "*")) },

        // ADM1013: each resource for itself.
        { "ADM1013", true, webhook => webhook.Handle<V1Service>(context => AdmissionResult.Allow()).Handle<V1Pod>(context => AdmissionResult.Allow()) },
        { "ADM1013", false, webhook => webhook.Handle<V1Service>(context => AdmissionResult.Allow()) },
    };

    [Theory]
    [MemberData(nameof(Mutators))]
    public void Run_MutatorAtTheEdgeOfARule_FindsItOrNot(string id, bool isFound, Action<MutatingWebhookBuilder> webhook)
    {
        var findings = AdmissionLint.Run(
            TestRegistry.Create(webhooks => webhooks.AddMutatingWebhook("change.registry.example.com", webhook).AddValidator<V1Service>(Name, context => AdmissionResult.Allow())), App);

        Assert.Equal(isFound, findings.Any(finding => finding.Rule.Id == id));
    }

    [Theory]
    [InlineData("1.20", false, false)]
    [InlineData("1.22", false, false)]
    [InlineData("1.23", true, false)]
    [InlineData("1.32", true, false)]
    [InlineData("1.33", true, true)]
    public void Run_DoorThatTheKubernetesLacks_IsNotReported(string kubeVersion, bool ephemeralContainers, bool resize)
    {
        var findings = AdmissionLint.Run(
            TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, webhook => Pods(webhook))),
            App.With(app => app.KubeVersion = Version.Parse(kubeVersion))).Select(finding => finding.Rule.Id).ToList();

        Assert.Equal((ephemeralContainers, resize), (findings.Contains("ADM1011"), findings.Contains("ADM1032")));
    }

    [Fact]
    public void SecondDoors_EveryRow_IsOfResourcesThatExist() =>
        Assert.All(SecondDoors.All, door => Assert.False(BuiltInResources.IsMissing(door.Group, door.Resource, door.Subresource), door.Name));

    // Resources of a newer KubernetesClient must be added to the table, or the linter reports them as slips.
    [Fact]
    public void BuiltInResources_OfKubernetesClient_AreKnown()
    {
        var entities = typeof(V1Pod).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes(typeof(KubernetesEntityAttribute), false)).Cast<KubernetesEntityAttribute>()
            .Where(entity => !string.IsNullOrEmpty(entity.PluralName));

        Assert.Empty(entities.Where(entity => BuiltInResources.IsMissing(entity.Group ?? "", entity.PluralName, "")).Select(entity => $"{entity.Group}/{entity.PluralName}").Distinct());
    }

    [Theory]
    [InlineData("CaBundlePath", "/nowhere/ca.crt")]
    [InlineData("KubeVersion", "newest")]
    [InlineData("Url", "nowhere")]
    public async Task Start_WithATargetThatCannotBeRead_WarnsAndStarts(string key, string value)
    {
        var logs = new FakeLoggerProvider();
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(Name, webhook => Pods(webhook)),
            services: services => services.AddLogging(logging => logging.AddProvider(logs)).AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"AdmissionWebhooks:Manifests:{key}", (string?)value)]).Build()));

        Assert.Equal(LogLevel.Warning, Assert.Single(logs.Collector.GetSnapshot(), record => record.Id.Name == "LintNotRun").Level);
    }

    [Fact]
    public void FromConfiguration_KubeVersionWithAV_IsRead() =>
        Assert.Equal(
            new Version(1, 36),
            ManifestOptions.FromConfiguration(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("AdmissionWebhooks:Manifests:KubeVersion", (string?)"v1.36")]).Build(), "App").KubeVersion);

    [KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
    private sealed class Widget
    {
        public WidgetSpec? Spec { get; set; }
    }

    private sealed class WidgetSpec
    {
        public int? Replicas { get; set; }
    }

    private static ValidatingWebhookBuilder Pods(ValidatingWebhookBuilder webhook) => Handle(webhook, rule => rule.Resource("", "v1", "pods"));

    private static ValidatingWebhookBuilder Handle(ValidatingWebhookBuilder webhook, Action<HandlerRuleBuilder> rule) =>
        webhook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule);

    private static ValidatingWebhookBuilder Conditions(ValidatingWebhookBuilder webhook, int count)
    {
        for (var i = 0; i < count; i++)
        {
            webhook.MatchCondition($"c{i}", "authorizer.group('a').check('b').allowed() || authorizer.group('a').check('c').allowed()");
        }

        return webhook;
    }
}
