using AdmissionSdk.Testing.Simulation.Admission;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>Matches a request with one rule (contract 2.1–2.3). <c>*</c> is the only wildcard; comparison is exact.</summary>
internal static class RuleMatcher
{
    public static bool Matches(V1RuleWithOperations rule, AdmissionAttributes attributes, string group, string version, string resource) =>
        Scope(rule.Scope, attributes)
        && Contains(rule.Operations, attributes.Operation)
        && Contains(rule.ApiGroups, group)
        && Contains(rule.ApiVersions, version)
        && rule.Resources.Any(pattern => Resource(pattern, resource, attributes.Subresource));

    // The pattern pods/* is pods and every subresource; pods and * are never a subresource (contract 2.2).
    private static bool Resource(string pattern, string resource, string subresource)
    {
        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        var (main, sub) = slash < 0 ? (pattern, "") : (pattern[..slash], pattern[(slash + 1)..]);
        return (main == "*" || main == resource) && (sub == "*" || sub == subresource);
    }

    private static bool Scope(string? scope, AdmissionAttributes attributes) => scope switch
    {
        // Requests for a Namespace carry the Namespace's name as their namespace, yet a Namespace is cluster-scoped.
        "Namespaced" => attributes.Namespace.Length > 0 && !attributes.Resource.IsNamespaces,
        "Cluster" => attributes.Namespace.Length == 0 || attributes.Resource.IsNamespaces,
        _ => true,
    };

    private static bool Contains(IList<string> values, string value) => values.Any(item => item == "*" || item == value);
}
