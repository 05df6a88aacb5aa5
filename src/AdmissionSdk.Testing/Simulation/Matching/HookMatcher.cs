using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Json;
using AdmissionSdk.Testing.Simulation.Resources;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>
/// Decides whether a webhook is called. The order is the API server's: namespace selector, object selector, rules, equivalents,
/// namespace errors, match conditions (contract 2.10).
/// </summary>
internal sealed class HookMatcher(ResourceCatalog catalog, Func<string, JsonObject?> findNamespace, ObjectConverter converter, IMatchConditionEvaluator? evaluator)
{
    /// <exception cref="ApiStatusException">The namespace does not exist, or a match condition failed under Fail.</exception>
    public Match Match(WebhookDefinition hook, AdmissionAttributes attributes)
    {
        if (BuiltInResources.IsExempt(attributes.Resource.Group, attributes.Resource.Kind))
        {
            return Matching.Match.Skip(hook, "webhooks never see this kind (contract 1.5)");
        }

        var (namespaceMatches, namespaceError) = MatchNamespace(hook, attributes);
        if (!namespaceMatches)
        {
            return Matching.Match.Skip(hook, "namespaceSelector does not match");
        }

        if (!MatchObject(hook, attributes))
        {
            return Matching.Match.Skip(hook, "objectSelector does not match");
        }

        if (MatchRules(hook, attributes) is not { } match)
        {
            return Matching.Match.Skip(hook, "no rule matches");
        }

        // A missing namespace only matters to a webhook whose rules match (contract 2.5).
        if (namespaceError is not null)
        {
            throw namespaceError;
        }

        return MatchConditions(match, attributes);
    }

    private (bool Matches, ApiStatusException? Error) MatchNamespace(WebhookDefinition hook, AdmissionAttributes attributes)
    {
        var isNamespaces = attributes.Resource.IsNamespaces;
        if (SelectorMatcher.IsEmpty(hook.NamespaceSelector) || (attributes.Namespace.Length == 0 && !isNamespaces))
        {
            return (true, null);
        }

        var isNamespaceWrite = isNamespaces && attributes.Subresource.Length == 0 && attributes.Operation is ("CREATE" or "UPDATE");
        var source = isNamespaceWrite ? attributes.Object : findNamespace(attributes.Namespace);
        return source is null
            ? (true, Statuses.NotFound(catalog.ByName("namespaces"), attributes.Namespace))
            : (SelectorMatcher.Matches(hook.NamespaceSelector!, source.Labels() ?? new Dictionary<string, string>()), null);
    }

    private static bool MatchObject(WebhookDefinition hook, AdmissionAttributes attributes) =>
        SelectorMatcher.IsEmpty(hook.ObjectSelector)
        || new[] { attributes.Object, attributes.OldObject }.Any(item => item.Labels() is { } labels && SelectorMatcher.Matches(hook.ObjectSelector!, labels));

    private Match? MatchRules(WebhookDefinition hook, AdmissionAttributes attributes)
    {
        var resource = attributes.Resource;
        if (hook.Rules.Any(rule => RuleMatcher.Matches(rule, attributes, resource.Group, resource.Version, resource.Plural)))
        {
            return new Match(hook, resource, attributes.Kind, null);
        }

        if (!hook.Equivalent)
        {
            return null;
        }

        foreach (var rule in hook.Rules)
        {
            foreach (var other in catalog.Equivalents(resource).Where(other => other != resource))
            {
                if (RuleMatcher.Matches(rule, attributes, other.Group, other.Version, other.Plural))
                {
                    var kind = attributes.Kind.Kind == resource.Kind ? new ObjectKind(other.Group, other.Version, other.Kind) : attributes.Kind;
                    return new Match(hook, other, kind, null);
                }
            }
        }

        return null;
    }

    // All expressions are evaluated; one false outweighs any number of errors (contract 3.3).
    private Match MatchConditions(Match match, AdmissionAttributes attributes)
    {
        var hook = match.Hook;
        if (hook.MatchConditions.Count == 0)
        {
            return match;
        }

        var variables = MatchVariables.Create(match, attributes, converter);
        var errors = new List<string>();
        string? falseCondition = null;
        foreach (var condition in hook.MatchConditions)
        {
            try
            {
                if (!evaluator!.Evaluate(condition.Expression, variables.Clone()))
                {
                    falseCondition ??= condition.Name;
                }
            }
            catch (Exception exception)
            {
                errors.Add($"expression '{condition.Expression}' resulted in error: {exception.Message}");
            }
        }

        if (falseCondition is not null)
        {
            return Matching.Match.Skip(hook, $"match condition \"{falseCondition}\" is false");
        }

        if (errors.Count == 0)
        {
            return match;
        }

        return hook.IgnoresFailures
            ? Matching.Match.Skip(hook, $"match condition failed under Ignore: {errors[0]}")
            : throw Statuses.Forbidden(attributes.Resource, attributes.Name, errors.Count == 1 ? errors[0] : $"[{string.Join(", ", errors)}]");
    }
}
