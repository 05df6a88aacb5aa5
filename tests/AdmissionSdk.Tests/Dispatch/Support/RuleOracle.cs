using k8s.Models;

namespace AdmissionSdk.Tests.Dispatch.Support;

/// <summary>The API server's choice of a review by the rules of a webhook (contract 2.1 to 2.3, 2.8), written down apart from the SDK.</summary>
internal static class RuleOracle
{
    /// <summary>The coordinates of the review that the API server sends for a request; null if it sends none.</summary>
    public static Coordinate? Send(IReadOnlyList<V1RuleWithOperations> rules, Coordinate request, IReadOnlyList<string> versions, MatchPolicy policy)
    {
        if (rules.Any(rule => Matches(rule, request)))
        {
            return request;
        }

        var converted =
            from rule in rules
            from version in versions
            let other = request with { Version = version }
            where other != request && Matches(rule, other)
            select other;
        return policy == MatchPolicy.Exact ? null : converted.FirstOrDefault();
    }

    public static bool Matches(V1RuleWithOperations rule, Coordinate request) =>
        Has(rule.ApiGroups, request.Group)
        && Has(rule.ApiVersions, request.Version)
        && Has(rule.Operations, request.Operation)
        && InScope(rule.Scope, request)
        && rule.Resources.Any(pattern => MatchesResource(pattern.Split('/'), request));

    private static bool MatchesResource(string[] pattern, Coordinate request)
    {
        var subresource = pattern.Length == 1 ? "" : pattern[1];
        return (pattern[0] == "*" || pattern[0] == request.Resource) && (subresource == "*" || subresource == request.Subresource);
    }

    private static bool InScope(string? scope, Coordinate request)
    {
        var isNamespace = request is { Group: "", Version: "v1", Resource: "namespaces" };
        return scope switch
        {
            "Namespaced" => request.Namespace.Length > 0 && !isNamespace,
            "Cluster" => request.Namespace.Length == 0 || isNamespace,
            _ => true,
        };
    }

    private static bool Has(IList<string> values, string value) => values.Contains("*") || values.Contains(value);
}
