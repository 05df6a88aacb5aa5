using AdmissionSdk.Configuration;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Registration;

/// <summary>The settings of a webhook: defaults, under the builder, under the configuration.</summary>
/// <remarks>Covers <see cref="Microsoft.Extensions.DependencyInjection.AdmissionServiceCollectionExtensions"/>, <see cref="WebhookSettings"/>, <see cref="WebhookDescriptor"/>, <see cref="WebhookBuilder{TSelf}"/>, <see cref="SectionReader"/>, <see cref="WebhookModelValidator"/>, <see cref="HandlerDescriptor"/>, <see cref="WebhookRegistryFactory"/>.</remarks>
public sealed class PrecedenceTests
{
    private const string Name = "guard.registry.example.com";

    [Fact]
    public void Descriptor_NothingSaid_HasKubernetesDefaultsAndAShortTimeout()
    {
        var webhook = Create<BareGuard>();

        Assert.Equal(FailurePolicy.Fail, webhook.FailurePolicy);
        Assert.Equal(MatchPolicy.Equivalent, webhook.MatchPolicy);
        Assert.Equal(SideEffects.None, webhook.SideEffects);
        Assert.Equal(TimeSpan.FromSeconds(5), webhook.RegisteredTimeout);
        Assert.Null(webhook.NamespaceSelector);
        Assert.Null(webhook.ObjectSelector);
        Assert.Empty(webhook.MatchConditions);
        Assert.Equal(["v1"], webhook.ReviewVersions);
        Assert.True(webhook.HasDefaultExemptions);
        Assert.Equal(Operations.Create | Operations.Update, webhook.Handlers.Single().Operations);
        Assert.Equal([new ResourceTarget("", "v1", "pods")], webhook.Handlers.Single().Resources);
    }

    [Fact]
    public void Descriptor_BuilderSaysEverything_FollowsTheBuilder()
    {
        var webhook = Create<BareGuard>(
            hook => hook.FailurePolicy(FailurePolicy.Ignore).MatchPolicy(MatchPolicy.Exact).SideEffects(SideEffects.NoneOnDryRun)
                .Timeout(TimeSpan.FromSeconds(2)).NamespaceSelector(labels => labels.Exists("builder")).ObjectSelector(labels => labels.DoesNotExist("builder"))
                .MatchCondition("builder", "true"),
            rule => rule.On(Operations.Delete).Resource("", "v1", "pods").Resource("", "v1", "podtemplates").Subresources("status").Scope(ResourceScope.Namespaced));

        Assert.Equal(FailurePolicy.Ignore, webhook.FailurePolicy);
        Assert.Equal(MatchPolicy.Exact, webhook.MatchPolicy);
        Assert.Equal(SideEffects.NoneOnDryRun, webhook.SideEffects);
        Assert.Equal(TimeSpan.FromSeconds(2), webhook.RegisteredTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), webhook.Timeout);
        Assert.Equal("builder", Text(webhook.NamespaceSelector!));
        Assert.Equal("!builder", Text(webhook.ObjectSelector!));
        Assert.Equal([new MatchCondition("builder", "true")], webhook.MatchConditions);
        var handler = webhook.Handlers.Single();
        Assert.Equal(Operations.Delete, handler.Operations);
        Assert.Equal(ResourceScope.Namespaced, handler.Scope);
        Assert.Equal(["pods", "podtemplates", "pods/status", "podtemplates/status"], handler.Resources.Select(target => target.RuleResource));
    }

    [Fact]
    public void Descriptor_ConfigurationDiffersFromBuilder_ConfigurationWins()
    {
        var webhook = Create<BareGuard>(
            hook => hook.FailurePolicy(FailurePolicy.Fail).MatchPolicy(MatchPolicy.Exact).SideEffects(SideEffects.NoneOnDryRun).Timeout(TimeSpan.FromSeconds(2)).Order(1).ExemptNamespaces("a").MatchCondition("builder", "true"),
            rule: null,
            ("FailurePolicy", "ignore"), ("MatchPolicy", "Equivalent"), ("SideEffects", "None"), ("Timeout", "9s"), ("Order", "-1"),
            ("NamespaceSelector", "stage in (test, prod)"), ("ObjectSelector", "tier!=db"), ("ExemptsNamespaces", "false"), ("ExemptNamespaces:0", "b"),
            ("MatchConditions:0:Name", "configured"), ("MatchConditions:0:Expression", "1 == 1"));

        Assert.Equal(FailurePolicy.Ignore, webhook.FailurePolicy);
        Assert.Equal(MatchPolicy.Equivalent, webhook.MatchPolicy);
        Assert.Equal(SideEffects.None, webhook.SideEffects);
        Assert.Equal(TimeSpan.FromSeconds(9), webhook.RegisteredTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), webhook.Timeout);
        Assert.Equal(-1, webhook.Order);
        Assert.Equal("stage in test,prod", Text(webhook.NamespaceSelector!));
        Assert.Equal("tier notin db", Text(webhook.ObjectSelector!));
        Assert.False(webhook.HasDefaultExemptions);
        Assert.Equal(["b"], webhook.ExemptNamespaces);
        Assert.Equal([new MatchCondition("configured", "1 == 1")], webhook.MatchConditions);
    }

    [Fact]
    public void Registry_WrongConfiguration_NamesEveryKeyAtOnce()
    {
        var problems = TestRegistry.Problems(
            webhooks => webhooks.AddValidatingWebhook(Name, hook => hook.Handle<V1Pod, BareGuard>()),
            ($"{Name}:FailurePolicy", "sometimes"), ($"{Name}:FailurPolicy", "Fail"), ($"{Name}:Order", "first"),
            ($"{Name}:ObjectSelector", "a in b"), ($"{Name}:Timeout", "soon"), ($"{Name}:ReinvocationPolicy", "Never"));

        Assert.Equal(6, problems.Count);
        Assert.Contains("AdmissionWebhooks:Webhooks:guard.registry.example.com:FailurePolicy is \"sometimes\"; it must be Fail or Ignore.", problems);
        Assert.Contains(problems, problem => problem.StartsWith("AdmissionWebhooks:Webhooks:guard.registry.example.com:FailurPolicy is not a setting of a webhook", StringComparison.Ordinal));
    }

    // A value without an index, a section for a text: what .NET's configuration would read as nothing.
    [Fact]
    public void Registry_ConfigurationOfTheWrongShape_NamesEveryKeyAtOnce()
    {
        const string Section = $"AdmissionWebhooks:Webhooks:{Name}";
        var problems = TestRegistry.Problems(
            webhooks => webhooks.AddValidatingWebhook(Name, hook => hook.Handle<V1Pod, BareGuard>()),
            ($"{Name}:ExemptNamespaces", "istio-system"), ($"{Name}:NamespaceSelector:matchLabels:team", "web"), ($"{Name}:FailurePolicy:0", "Fail"),
            ($"{Name}:MatchConditions", "true"), ($"{Name}:Mode:0", "Warn"));

        Assert.Equal(
            [
                $"{Section}:ExemptNamespaces is \"istio-system\"; it must be a list, such as ExemptNamespaces:0.",
                $"{Section}:FailurePolicy is a section (it has 0); it must be one text.",
                $"{Section}:MatchConditions is \"true\"; it must be a list of sections with Name and Expression, such as MatchConditions:0:Name.",
                $"{Section}:Mode is a section (it has 0); it must be one text.",
                $"{Section}:NamespaceSelector is a section (it has matchLabels); it must be one text.",
            ],
            problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Registry_ConfiguredListWithItemsOfTheWrongShape_NamesEveryKeyAtOnce()
    {
        const string Section = $"AdmissionWebhooks:Webhooks:{Name}";
        var problems = TestRegistry.Problems(
            webhooks => webhooks.AddValidatingWebhook(Name, hook => hook.Handle<V1Pod, BareGuard>()),
            ($"{Name}:ExemptNamespaces:0:Name", "istio-system"), ($"{Name}:MatchConditions:0:Name", "a"), ($"{Name}:MatchConditions:0:Expression", "true"), ($"{Name}:MatchConditions:0:Expr", "true"));

        Assert.Equal(
            [$"{Section}:MatchConditions:0 must be a section with Name and Expression, and nothing else.", $"{Section}:ExemptNamespaces:0 must be one text."],
            problems);
    }

    [Fact]
    public void Registry_WhatTheApiServerWouldRefuse_IsRefusedAtStartAllAtOnce()
    {
        var problems = TestRegistry.Problems(webhooks => webhooks
            .AddValidatingWebhook("guard", hook => hook.Path("/Guard").Timeout(TimeSpan.FromMinutes(1)).ReviewVersions().MatchCondition("a b", "(").Handle<V1Pod, BareGuard>())
            .AddValidatingWebhook("empty.registry.example.com", hook => hook.ObjectSelector(labels => labels.HasValue("a b", "c"))));

        Assert.Equal(
            [
                "empty.registry.example.com: it has no handler; add one with Handle.",
                "guard: the name must be a lower-case domain with at least three segments, such as images.registry.example.com.",
                "guard: the path \"/Guard\" must look like /mutate or /mutate/pods: lower-case letters, digits, '-' and '.' in each segment.",
                "guard: the timeout is 60 s; use whole seconds from 1 to 30.",
                "guard: admissionReviewVersions is empty; say v1.",
                "guard: the match condition's name \"a b\" must be at most 63 letters, digits, '-', '_' and '.', optionally after a domain and a slash.",
                "guard: the match condition a b cannot compile: '(' is not closed.",
                "empty.registry.example.com: objectSelector has the key \"a b\"; a label's key is at most 63 letters, digits, '-', '_' and '.', optionally after a domain and a slash.",
            ],
            problems);
    }

    private static WebhookDescriptor Create<THandler>(
        Action<ValidatingWebhookBuilder>? webhook = null, Action<HandlerRuleBuilder>? rule = null, params IEnumerable<(string Key, string Value)> configuration)
        where THandler : class, IValidator<V1Pod> =>
        TestRegistry.Create(
            webhooks => webhooks.AddValidatingWebhook(Name, hook =>
            {
                hook.Handle<V1Pod, THandler>(rule);
                webhook?.Invoke(hook);
            }),
            configuration.Select(item => ($"{Name}:{item.Key}", item.Value))).Webhooks.Single();

    private static string Text(V1LabelSelector selector) => string.Join(';', selector.MatchExpressions.Select(item => item.OperatorProperty switch
    {
        "Exists" => item.Key,
        "DoesNotExist" => $"!{item.Key}",
        var verb => $"{item.Key} {verb.ToLowerInvariant()} {string.Join(',', item.Values)}",
    }));

    private sealed class BareGuard : IValidator<V1Pod>
    {
        public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken) => AdmissionResult.Allow();
    }
}
