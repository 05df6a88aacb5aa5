using System.Text.Json.Nodes;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>Webhooks of a scenario as an application of ours registers them, so that its own <c>apply</c> can install them.</summary>
internal static class ScenarioRegistration
{
    private const int KubernetesTimeoutSeconds = 10;

    public static void Add(AdmissionWebhooksBuilder webhooks, IEnumerable<ScenarioHook> hooks)
    {
        foreach (var hook in hooks)
        {
            var definition = hook.Define();
            if (hook.Mutating)
            {
                webhooks.AddMutating(hook.FullName, builder =>
                {
                    Describe(builder, hook, definition);
                    builder.ReinvocationPolicy(Parse(definition.ReinvocationPolicy, ReinvocationPolicy.Never));
                    foreach (var rule in definition.Rules)
                    {
                        builder.Handle<JsonObject>(_ => AdmissionResult.Allow(), handler => Describe(handler, rule));
                    }
                });
            }
            else
            {
                webhooks.AddValidating(hook.FullName, builder =>
                {
                    Describe(builder, hook, definition);
                    foreach (var rule in definition.Rules)
                    {
                        builder.Handle<JsonObject>(_ => AdmissionResult.Allow(), handler => Describe(handler, rule));
                    }
                });
            }
        }
    }

    private static void Describe<TBuilder>(WebhookBuilder<TBuilder> builder, ScenarioHook hook, V1MutatingWebhook definition)
        where TBuilder : WebhookBuilder<TBuilder>
    {
        builder.WithoutDefaultExemptions()
            .Path($"/{hook.Name}")
            .FailurePolicy(Parse(definition.FailurePolicy, FailurePolicy.Fail))
            .MatchPolicy(Parse(definition.MatchPolicy, MatchPolicy.Equivalent))
            .Timeout(TimeSpan.FromSeconds(definition.TimeoutSeconds ?? KubernetesTimeoutSeconds))
            .SideEffects(Parse(definition.SideEffects, SideEffects.None))
            .ReviewVersions([.. definition.AdmissionReviewVersions]);
        if (definition.NamespaceSelector is { } namespaces)
        {
            builder.NamespaceSelector(namespaces);
        }

        if (definition.ObjectSelector is { } objects)
        {
            builder.ObjectSelector(objects);
        }

        foreach (var condition in definition.MatchConditions ?? [])
        {
            builder.MatchCondition(condition.Name, condition.Expression);
        }
    }

    private static void Describe(HandlerBuilder handler, V1RuleWithOperations rule)
    {
        handler.On(rule.Operations.Aggregate(Operations.None, (all, operation) => all | (operation == "*" ? Operations.All : Parse(operation, Operations.None))))
            .Scope(rule.Scope is null or "*" ? ResourceScope.Any : Parse(rule.Scope, ResourceScope.Any));
        foreach (var resource in rule.Resources)
        {
            var parts = resource.Split('/');
            handler.Resource(rule.ApiGroups.Single(), rule.ApiVersions.Single(), parts[0], parts.ElementAtOrDefault(1) ?? "");
        }
    }

    private static T Parse<T>(string? text, T absent)
        where T : struct, Enum => text is null ? absent : Enum.Parse<T>(text, ignoreCase: true);
}
