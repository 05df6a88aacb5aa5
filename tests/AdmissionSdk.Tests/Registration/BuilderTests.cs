using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Registration;

/// <summary>A builder that somebody kept cannot change what was checked and is in use.</summary>
/// <remarks>Covers <see cref="WebhookBuilder{TSelf}"/>, <see cref="ValidatingWebhookBuilder"/>, <see cref="MutatingWebhookBuilder"/>, <see cref="HandlerRuleBuilder"/>, <see cref="LabelSelectorBuilder"/>, <see cref="AdmissionWebhooksBuilder"/>.</remarks>
public sealed class BuilderTests
{
    private const string Name = "guard.registry.example.com";

    public static TheoryData<string> Uses => [.. ForValidating.Keys];

    private static readonly Dictionary<string, Action<ValidatingWebhookBuilder>> ForValidating = new(StringComparer.Ordinal)
    {
        ["Path"] = kept => kept.Path("/b"),
        ["MatchCondition"] = kept => kept.MatchCondition("b", "((broken"),
        ["ExemptNamespaces"] = kept => kept.ExemptNamespaces("y"),
        ["AcceptLint"] = kept => kept.AcceptLint("ADM1001", "late"),
        ["Mode"] = kept => kept.Mode(EnforcementMode.Audit),
        ["SkipWhenDeleting"] = kept => kept.SkipWhenDeleting(),
        ["MaxConcurrentReviews"] = kept => kept.MaxConcurrentReviews(1),
        ["NamespaceSelector"] = kept => kept.NamespaceSelector(new V1LabelSelector()),
        ["Filter"] = kept => kept.Filter<NoFilter>(),
        ["Handle"] = kept => kept.Handle<V1Pod>(context => AdmissionResult.Allow()),
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void Webhook_KeptAfterItWasBuilt_Refuses(string use)
    {
        ValidatingWebhookBuilder? kept = null;
        var registry = TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, hook =>
            (kept = hook).MatchCondition("a", "true").ExemptNamespaces("x").Handle<V1Pod>(context => AdmissionResult.Allow())));

        var exception = Assert.Throws<InvalidOperationException>(() => ForValidating[use](kept!));

        Assert.Equal($"The webhook {Name} is built already, so this setting would have no effect: make it inside the delegate that the builder was given to.", exception.Message);
        var webhook = Assert.Single(registry.Webhooks);
        Assert.Equal([new MatchCondition("a", "true")], webhook.MatchConditions);
        Assert.Equal(["x"], webhook.ExemptNamespaces);
        Assert.Empty(webhook.AcceptedFindings);
        Assert.Single(webhook.Handlers);
        Assert.All(WebhookConfigurations.Create(registry, new ManifestOptions { App = "app" }), configuration => Assert.Empty(WebhookConfigurationValidator.Validate(configuration)));
    }

    [Fact]
    public void Rule_KeptAfterItWasBuilt_Refuses()
    {
        HandlerRuleBuilder? kept = null;
        var registry = TestRegistry.Create(webhooks => webhooks.AddValidator<V1Pod>(Name, context => AdmissionResult.Allow(), rule => kept = rule.Subresources("status")));

        Assert.Throws<InvalidOperationException>(() => kept!.Subresources("exec"));
        Assert.Throws<InvalidOperationException>(() => kept!.On(Operations.Delete));
        Assert.Throws<InvalidOperationException>(() => kept!.Scope(ResourceScope.Cluster));
        var exception = Assert.Throws<InvalidOperationException>(() => kept!.Resource("", "v1", "pods/broken"));

        Assert.StartsWith("The rule of a handler is built already", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["pods", "pods/status"], registry.Webhooks[0].Handlers[0].Resources.Select(target => target.RuleResource));
    }

    [Fact]
    public void Selector_KeptAfterItWasBuilt_Refuses()
    {
        LabelSelectorBuilder? kept = null;
        var registry = TestRegistry.Create(webhooks => webhooks.AddMutatingWebhook(Name, hook => hook
            .ObjectSelector(labels => kept = labels.Exists("a")).Handle<V1Pod>(context => AdmissionResult.Allow())));

        Assert.Throws<InvalidOperationException>(() => kept!.Exists("b"));
        Assert.Equal(["a"], registry.Webhooks[0].ObjectSelector!.MatchExpressions.Select(item => item.Key));
    }

    // As when one collection of services becomes a test host beside the application.
    [Fact]
    public void Services_BuiltTwice_MakeTheSameWebhooks()
    {
        var services = new ServiceCollection();
        services.AddAdmissionWebhooks().AddValidator<V1Pod>(Name, context => AdmissionResult.Allow());

        Assert.Equal(Paths(services), Paths(services));
    }

    private static IReadOnlyList<string> Paths(IServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetRequiredService<WebhookRegistry>().Webhooks.Select(webhook => webhook.Path)];
    }

    private sealed class NoFilter : IAdmissionFilter
    {
        public ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken) => next(cancellationToken);
    }

    [Fact]
    public void AddValidator_WithRuleAndWebhook_SetsBoth()
    {
        var webhook = Assert.Single(TestRegistry.Create(webhooks => webhooks.AddValidator<V1Pod>(
            "guard.registry.example.com",
            _ => AdmissionResult.Allow(),
            rule => rule.On(Operations.Delete),
            webhook => webhook.FailurePolicy(FailurePolicy.Ignore).Mode(EnforcementMode.Warn).Timeout(TimeSpan.FromSeconds(2)).NamespaceSelector(labels => labels.HasValue("team", "web")))).Webhooks);

        Assert.Equal(Operations.Delete, Assert.Single(webhook.Handlers).Operations);
        Assert.Equal((FailurePolicy.Ignore, EnforcementMode.Warn, TimeSpan.FromSeconds(2)), (webhook.FailurePolicy, webhook.Mode, webhook.Timeout));
        Assert.Equal("team", Assert.Single(webhook.NamespaceSelector!.MatchExpressions).Key);
    }

    [Fact]
    public void AddMutator_WithWebhook_KeepsTheHandlersDefaults()
    {
        var webhook = Assert.Single(TestRegistry.Create(webhooks => webhooks.AddMutator<V1Pod>(
            "images.registry.example.com", _ => AdmissionResult.Allow(), webhook: images => images.ReinvocationPolicy(ReinvocationPolicy.IfNeeded))).Webhooks);

        Assert.Equal((Operations.Create, ReinvocationPolicy.IfNeeded), (Assert.Single(webhook.Handlers).Operations, webhook.ReinvocationPolicy));
    }

    [Fact]
    public void Selector_ChangedAfterItWasGiven_ChangesNothing()
    {
        var kept = new V1LabelSelector
        {
            MatchLabels = new Dictionary<string, string> { ["team"] = "web" },
            MatchExpressions = [new V1LabelSelectorRequirement { Key = "stage", OperatorProperty = "In", Values = ["test"] }],
        };
        var registry = TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(
            "guard.registry.example.com", webhook => webhook.ObjectSelector(kept).NamespaceSelector(kept).Handle<V1Pod>(_ => AdmissionResult.Allow())));

        Spoil(kept);
        Spoil(Assert.Single(Webhooks(registry)).ObjectSelector);
        Spoil(Assert.Single(Webhooks(registry)).NamespaceSelector);

        var webhook = Assert.Single(Webhooks(registry));
        Assert.All([webhook.ObjectSelector, webhook.NamespaceSelector], selector => Assert.Equal("web", Assert.Single(selector.MatchLabels).Value));
        Assert.All([webhook.ObjectSelector, webhook.NamespaceSelector], selector => Assert.Equal(["test"], selector.MatchExpressions[0].Values));
    }

    private static IList<V1ValidatingWebhook> Webhooks(WebhookRegistry registry) =>
        Assert.IsType<V1ValidatingWebhookConfiguration>(Assert.Single(WebhookConfigurations.Create(registry, new ManifestOptions { App = "app" }))).Webhooks;

    private static void Spoil(V1LabelSelector selector)
    {
        selector.MatchLabels["team"] = "((broken";
        selector.MatchExpressions[0].Values[0] = "((broken";
    }

    [Fact]
    public void Timeout_OfHalfASecondTooMuch_IsRefused() =>
        Assert.Equal(
            ["guard.registry.example.com: the timeout is 5.5 s; use whole seconds from 1 to 30."],
            TestRegistry.Problems(webhooks => webhooks.AddValidator<V1Pod>(
                "guard.registry.example.com", _ => AdmissionResult.Allow(), webhook: webhook => webhook.Timeout(TimeSpan.FromSeconds(5.5)))));
}
