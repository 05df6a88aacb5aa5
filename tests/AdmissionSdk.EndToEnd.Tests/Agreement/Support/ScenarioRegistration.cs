using System.Text.Json.Nodes;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>Registers the webhooks of a scenario in an application of ours, whose own <c>apply</c> then installs the webhooks.</summary>
internal static class ScenarioRegistration
{
    private const int KubernetesTimeoutSeconds = 10;

    public static void Add(AdmissionWebhooksBuilder application, IEnumerable<ScenarioWebhook> webhooks)
    {
        foreach (var webhook in webhooks)
        {
            var definition = webhook.Define();
            if (webhook.Mutating)
            {
                application.AddMutatingWebhook(webhook.FullName, builder =>
                {
                    Describe(builder, webhook, definition);
                    builder.ReinvocationPolicy(Parse(definition.ReinvocationPolicy, ReinvocationPolicy.Never));
                    foreach (var rule in definition.Rules)
                    {
                        builder.Handle<JsonObject>(_ => AdmissionResult.Allow(), handler => Describe(handler, rule));
                    }
                });
            }
            else
            {
                application.AddValidatingWebhook(webhook.FullName, builder =>
                {
                    Describe(builder, webhook, definition);
                    foreach (var rule in definition.Rules)
                    {
                        builder.Handle<JsonObject>(_ => AdmissionResult.Allow(), handler => Describe(handler, rule));
                    }
                });
            }
        }
    }

    private static void Describe<TBuilder>(WebhookBuilder<TBuilder> builder, ScenarioWebhook webhook, V1MutatingWebhook definition)
        where TBuilder : WebhookBuilder<TBuilder>
    {
        builder.WithoutDefaultExemptions()
            .Path($"/{webhook.Name}")
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

    private static void Describe(HandlerRuleBuilder handler, V1RuleWithOperations rule)
    {
        handler.On(rule.Operations.Aggregate(Operations.None, (all, operation) => all | (operation == "*" ? Operations.Any : Parse(operation, Operations.None))))
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
