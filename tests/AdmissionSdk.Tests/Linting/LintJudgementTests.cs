using System.Text.Json.Nodes;
using AdmissionSdk.Linting;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Linting;

/// <summary>The limits of rules: webhooks that look like a finding and are not one, and the other way round.</summary>
/// <remarks>Covers <see cref="LockoutRules"/>, <see cref="CallRules"/>, <see cref="ConditionRules"/>, <see cref="TypeRules"/>, <see cref="BuiltInResources"/>, <see cref="NamespaceMatch"/>, <see cref="LintAtStart"/>, <see cref="ManifestOptions"/>.</remarks>
public sealed class LintJudgementTests
{
    private const string Name = "guard.registry.example.com";
    private static readonly ManifestOptions App = new() { App = "app" };

    public static TheoryData<string, bool, Action<ValidatingWebhookBuilder>> Webhooks => new()
    {
        // ADM1002: only what is written, and only everything.
        { "ADM1002", false, hook => Handle(hook, rule => rule.Resource("*", "*", "*", "scale")) },
        { "ADM1002", false, hook => Handle(hook, rule => rule.Resource("*", "*", "*").On(Operations.Delete)) },
        { "ADM1002", true, hook => Handle(hook, rule => rule.Resource("*", "*", "*").On(Operations.Update)) },

        // ADM1003: a selector counts only if it leaves both namespaces out.
        { "ADM1003", true, hook => Pods(hook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.DoesNotExist("skip"))) },
        { "ADM1003", true, hook => Pods(hook.WithoutDefaultExemptions().ExemptNamespaces("kube-system")) },
        { "ADM1003", true, hook => Pods(hook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.NotIn("kubernetes.io/metadata.name", "app"))) },
        { "ADM1003", false, hook => Pods(hook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.NotIn("kubernetes.io/metadata.name", "app", "kube-system"))) },
        { "ADM1003", false, hook => Pods(hook.WithoutDefaultExemptions().NamespaceSelector(labels => labels.Exists("guarded"))) },
        { "ADM1003", false, hook => Pods(hook.WithoutDefaultExemptions().ExemptNamespaces("kube-system", "app")) },
        { "ADM1003", false, hook => Handle(hook.WithoutDefaultExemptions(), rule => rule.Resource("", "v1", "pods").On(Operations.Delete)) },

        // ADM1006: a target with its own operations.
        { "ADM1006", false, hook => Handle(Handle(hook, rule => rule.Resource("", "v1", "nodes", "status").On(Operations.Create)), rule => rule.Resource("", "v1", "services").On(Operations.Update)) },
        { "ADM1006", true, hook => Handle(hook, rule => rule.Resource("", "v1", "nodes", "status").On(Operations.Update)) },

        // ADM1021: all conditions of a webhook together.
        { "ADM1021", true, hook => Handle(Conditions(hook, 4), rule => rule.Resource("", "v1", "services")) },
        { "ADM1021", false, hook => Handle(Conditions(hook, 3), rule => rule.Resource("", "v1", "services")) },

        { "ADM1024", true, hook => Handle(hook, rule => rule.Resource("apps", "v1", "deployments").Scope(ResourceScope.Cluster)) },
        { "ADM1024", false, hook => Handle(hook, rule => rule.Resource("example.com", "v1", "widgets").Scope(ResourceScope.Cluster)) },

        // ADM1025: subresources with objects of their own.
        { "ADM1025", true, hook => hook.Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresource("eviction")) },
        { "ADM1025", true, hook => hook.Handle<V1Deployment>(context => AdmissionResult.Allow(), rule => rule.Subresource("scale")) },
        { "ADM1025", false, hook => hook.Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresource("status", "ephemeralcontainers")) },
        { "ADM1025", false, hook => hook.Handle<V1Eviction>(context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "pods", "eviction")) },
        { "ADM1025", false, hook => hook.Handle<V1Binding>(context => AdmissionResult.Allow(), rule => rule.Resource("", "v1", "pods", "binding")) },

        // ADM1026: by name in any group, too; and everything is another finding.
        { "ADM1026", true, hook => Handle(hook, rule => rule.Resource("authentication.k8s.io", "*", "*")) },
        { "ADM1026", true, hook => Handle(hook, rule => rule.Resource("*", "*", "tokenreviews")) },
        { "ADM1026", false, hook => Handle(hook, rule => rule.Resource("*", "*", "*")) },
        { "ADM1026", false, hook => Handle(hook, rule => rule.Resource("rbac.authorization.k8s.io", "v1", "*")) },

        { "ADM1027", true, hook => Handle(hook, rule => rule.Resource("certificates.k8s.io", "v1", "certificatesigningrequests")) },
        { "ADM1027", false, hook => Handle(hook, rule => rule.Resource("", "v1", "nodes").On(Operations.Delete)) },
        { "ADM1027", false, hook => Handle(hook, rule => rule.Resource("", "v1", "namespaces")) },

        { "ADM1028", true, hook => Handle(hook, rule => rule.Resource("", "v1", "pods", "evictions")) },
        { "ADM1028", true, hook => Handle(hook, rule => rule.Resource("extensions.k8s.io", "v1", "pods").Resource("apps", "v1", "pods")) },
    };

    [Theory]
    [MemberData(nameof(Webhooks))]
    public void Run_AtTheEdgeOfARule_FindsItOrNot(string id, bool isFound, Action<ValidatingWebhookBuilder> webhook)
    {
        var findings = AdmissionLint.Run(TestRegistry.Create(hooks => hooks.AddValidating(Name, webhook)), App);

        Assert.Equal(isFound, findings.Any(finding => finding.Rule.Id == id));
    }

    [Fact]
    public void Run_ExemptNamespacesOnAnOldKubernetes_HaveNoEffectEither()
    {
        var registry = TestRegistry.Create(hooks => hooks.AddValidating(Name, hook => Pods(hook.WithoutDefaultExemptions().ExemptNamespaces("kube-system", "app"))));

        Assert.Contains(AdmissionLint.Run(registry, App with { KubeVersion = new Version(1, 20) }), finding => finding.Rule.Id == "ADM1004");
    }

    // Resources of a newer KubernetesClient must be added to the table, or they would be reported as slips.
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
            hooks => hooks.AddValidating(Name, hook => Pods(hook)),
            services: services => services.AddLogging(logging => logging.AddProvider(logs)).AddSingleton<IConfiguration>(
                new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"AdmissionWebhooks:Manifests:{key}", (string?)value)]).Build()));

        Assert.Equal(LogLevel.Warning, Assert.Single(logs.Collector.GetSnapshot(), record => record.Id.Name == "LintNotRun").Level);
    }

    [Fact]
    public void FromConfiguration_KubeVersionWithAV_IsRead() =>
        Assert.Equal(
            new Version(1, 36),
            ManifestOptions.FromConfiguration(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("AdmissionWebhooks:Manifests:KubeVersion", (string?)"v1.36")]).Build(), "App").KubeVersion);

    private static ValidatingWebhookBuilder Pods(ValidatingWebhookBuilder hook) => Handle(hook, rule => rule.Resource("", "v1", "pods"));

    private static ValidatingWebhookBuilder Handle(ValidatingWebhookBuilder hook, Action<HandlerBuilder> rule) =>
        hook.Handle<JsonObject>(context => AdmissionResult.Allow(), rule);

    private static ValidatingWebhookBuilder Conditions(ValidatingWebhookBuilder hook, int count)
    {
        for (var i = 0; i < count; i++)
        {
            hook.MatchCondition($"c{i}", "authorizer.group('a').check('b').allowed() || authorizer.group('a').check('c').allowed()");
        }

        return hook;
    }
}
