using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>The API server's checks of one rule, with their dependence on order (contract 19.4, 19.5).</summary>
internal static class RuleValidator
{
    private static readonly string[] Operations = ["*", "CREATE", "UPDATE", "DELETE", "CONNECT"];

    public static void Validate(V1RuleWithOperations rule, string field, ProblemList problems)
    {
        List(rule.Operations, $"{field}.operations", problems);
        foreach (var operation in (rule.Operations ?? []).Where(operation => !Operations.Contains(operation, StringComparer.Ordinal)))
        {
            problems.Check(false, $"{field}.operations has \"{operation}\"; there are CREATE, UPDATE, DELETE, CONNECT and *.");
        }

        List(rule.ApiGroups, $"{field}.apiGroups", problems);
        List(rule.ApiVersions, $"{field}.apiVersions", problems);
        problems.Check(!(rule.ApiVersions ?? []).Any(string.IsNullOrEmpty), $"{field}.apiVersions has an empty version; name one, or *.");
        problems.Check(
            rule.Scope is null or "*" or "Cluster" or "Namespaced", $"{field}.scope is \"{rule.Scope}\"; it must be Cluster, Namespaced or *.");
        Resources(rule.Resources ?? [], $"{field}.resources", problems);
    }

    private static void List(IList<string>? values, string field, ProblemList problems)
    {
        problems.Check(values is { Count: > 0 }, $"{field} is empty; name at least one, or *.");
        problems.Check(values is not { Count: > 1 } || !values.Contains("*"), $"{field} has * beside others; keep only the *.");
    }

    private static void Resources(IList<string> resources, string field, ProblemList problems)
    {
        problems.Check(resources.Count > 0, $"{field} is empty; name at least one, or *.");
        HashSet<string> allOfResource = new(StringComparer.Ordinal);
        HashSet<string> inAllResources = new(StringComparer.Ordinal);
        var endsPlain = false;
        foreach (var resource in resources)
        {
            if (!problems.Check(!string.IsNullOrEmpty(resource), $"{field} has an empty resource; name one, or *."))
            {
                continue;
            }

            var slash = resource.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                // As in the API server the last resource without a subresource decides.
                endsPlain = resource != "*";
                continue;
            }

            var (main, sub) = (resource[..slash], resource[(slash + 1)..]);
            problems.Check(!allOfResource.Contains(main), $"{field} has {resource} after {main}/*, which covers it; leave it out.");
            problems.Check(!inAllResources.Contains(sub), $"{field} has {resource} after */{sub}, which covers it; leave it out.");
            _ = sub == "*" && allOfResource.Add(main);
            _ = main == "*" && inAllResources.Add(sub);
        }

        problems.Check(resources.Count < 2 || !resources.Contains("*/*"), $"{field} has */* beside others; keep only the */*.");
        problems.Check(!endsPlain || !resources.Contains("*"), $"{field} has * and single resources; keep only the *.");
    }
}
