using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>
/// Decides whether a webhook is called. The order is the API server's: namespace selector, object selector, rules, equivalents,
/// namespace errors, match conditions (contract 2.10).
/// </summary>
internal sealed class WebhookMatcher(ResourceCatalog catalog, Func<string, JsonObject?> findNamespace, MatchVariables variables, ServerBehaviour behaviour)
{
    /// <exception cref="ApiStatusException">The namespace does not exist, or a match condition failed under Fail.</exception>
    public Match Match(WebhookDefinition webhook, AdmissionAttributes attributes)
    {
        if (ApiServerResources.IsExempt(attributes.Resource.Group, attributes.Resource.Kind))
        {
            return Matching.Match.Skip(webhook, "webhooks never see this kind (contract 1.5)");
        }

        if (behaviour.ExcludesVirtualResources && ApiServerResources.IsAccessReview(attributes.Resource))
        {
            return Matching.Match.Skip(webhook, "from Kubernetes 1.37 on webhooks never see reviews of access and identity (contract 1.6)");
        }

        var (namespaceMatches, namespaceError) = MatchNamespace(webhook, attributes);
        if (!namespaceMatches)
        {
            return Matching.Match.Skip(webhook, "namespaceSelector does not match");
        }

        if (!MatchObject(webhook, attributes))
        {
            return Matching.Match.Skip(webhook, "objectSelector does not match");
        }

        if (MatchRules(webhook, attributes) is not { } match)
        {
            return Matching.Match.Skip(webhook, "no rule matches");
        }

        // A missing namespace only matters to a webhook whose rules match (contract 2.5).
        if (namespaceError is not null)
        {
            throw namespaceError;
        }

        return MatchConditions(match, attributes);
    }

    private (bool Matches, ApiStatusException? Error) MatchNamespace(WebhookDefinition webhook, AdmissionAttributes attributes)
    {
        var isNamespaces = attributes.Resource.IsNamespaces;
        if (SelectorMatcher.IsEmpty(webhook.NamespaceSelector) || (attributes.Namespace.Length == 0 && !isNamespaces))
        {
            return (true, null);
        }

        var isNamespaceWrite = isNamespaces && attributes.Subresource.Length == 0 && attributes.Operation is ("CREATE" or "UPDATE");
        var source = isNamespaceWrite ? attributes.Object : findNamespace(attributes.Namespace);
        return source is null
            ? (true, Statuses.NotFound(catalog.ByName("namespaces"), attributes.Namespace))
            : (SelectorMatcher.Matches(webhook.NamespaceSelector!, source.Labels() ?? new Dictionary<string, string>()), null);
    }

    private static bool MatchObject(WebhookDefinition webhook, AdmissionAttributes attributes) =>
        SelectorMatcher.IsEmpty(webhook.ObjectSelector)
        || new[] { attributes.Object, attributes.OldObject }.Any(item => item.Labels() is { } labels && SelectorMatcher.Matches(webhook.ObjectSelector!, labels));

    private Match? MatchRules(WebhookDefinition webhook, AdmissionAttributes attributes)
    {
        var resource = attributes.Resource;
        if (webhook.Rules.Any(rule => RuleMatcher.Matches(rule, attributes, resource.Group, resource.Version, resource.Plural)))
        {
            return new Match(webhook, resource, attributes.Kind, null);
        }

        if (!webhook.Equivalent)
        {
            return null;
        }

        foreach (var rule in webhook.Rules)
        {
            foreach (var other in catalog.Equivalents(resource).Where(other => other != resource))
            {
                if (RuleMatcher.Matches(rule, attributes, other.Group, other.Version, other.Plural))
                {
                    var kind = attributes.Kind.Kind == resource.Kind ? new ObjectKind(other.Group, other.Version, other.Kind) : attributes.Kind;
                    return new Match(webhook, other, kind, null);
                }
            }
        }

        return null;
    }

    // All expressions are evaluated: a single false outweighs all errors (contract 3.3).
    private Match MatchConditions(Match match, AdmissionAttributes attributes)
    {
        var webhook = match.Webhook;
        if (webhook.Conditions is not { } conditions)
        {
            return match;
        }

        var outcome = conditions.Evaluate(variables.Create(match, attributes));
        if (outcome.ExcludedBy is { } name)
        {
            return Matching.Match.Skip(webhook, $"match condition \"{name}\" is false");
        }

        if (outcome.Matches)
        {
            return match;
        }

        return webhook.IgnoresFailures
            ? Matching.Match.Skip(webhook, $"match condition failed under Ignore: {outcome.ErrorText()}")
            : throw Statuses.Forbidden(attributes.Resource, attributes.Name, outcome.ErrorText());
    }
}
