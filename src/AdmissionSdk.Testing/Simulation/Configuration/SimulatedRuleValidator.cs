using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Configuration;

/// <summary>The checks of one rule, with the API server's order-dependent overlaps (contract 19.4, 19.5).</summary>
internal static class SimulatedRuleValidator
{
    private static readonly string[] Operations = ["*", "CREATE", "UPDATE", "DELETE", "CONNECT"];

    public static IEnumerable<string> Validate(V1RuleWithOperations rule, string path)
    {
        var violations = new List<string>();
        CheckList(rule.Operations, $"{path}.operations", emptyAllowed: true, violations);
        violations.AddRange((rule.Operations ?? []).Where(operation => !Operations.Contains(operation, StringComparer.Ordinal))
            .Select(operation => $"{path}.operations: Unsupported value: \"{operation}\""));
        CheckList(rule.ApiGroups, $"{path}.apiGroups", emptyAllowed: true, violations);
        CheckList(rule.ApiVersions, $"{path}.apiVersions", emptyAllowed: false, violations);
        if (rule.Scope is not (null or "*" or "Cluster" or "Namespaced"))
        {
            violations.Add($"{path}.scope: Unsupported value: \"{rule.Scope}\": supported values: \"*\", \"Cluster\", \"Namespaced\"");
        }

        CheckResources(rule.Resources ?? [], $"{path}.resources", violations);
        return violations;
    }

    private static void CheckList(IList<string>? values, string path, bool emptyAllowed, List<string> violations)
    {
        if (values is null || values.Count == 0)
        {
            violations.Add($"{path}: Required value");
            return;
        }

        if (values.Count > 1 && values.Contains("*"))
        {
            violations.Add($"{path}: Invalid value: if '*' is present, must not specify other values");
        }

        if (!emptyAllowed && values.Any(string.IsNullOrEmpty))
        {
            violations.Add($"{path}: Required value: must not be empty");
        }
    }

    private static void CheckResources(IList<string> resources, string path, List<string> violations)
    {
        if (resources.Count == 0)
        {
            violations.Add($"{path}: Required value");
        }

        var wildSubresourceOf = new HashSet<string>(StringComparer.Ordinal);
        var wildResourceOf = new HashSet<string>(StringComparer.Ordinal);
        var plainIsLast = false;
        foreach (var (resource, i) in resources.Select((resource, i) => (resource, i)))
        {
            if (string.IsNullOrEmpty(resource))
            {
                violations.Add($"{path}[{i}]: Required value");
                continue;
            }

            var slash = resource.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                // The value is overwritten, not accumulated: only the last plain entry counts.
                plainIsLast = resource != "*";
                continue;
            }

            var (main, sub) = (resource[..slash], resource[(slash + 1)..]);
            if (wildSubresourceOf.Contains(main) && sub != "*")
            {
                violations.Add($"{path}[{i}]: Invalid value: \"{resource}\": if '{main}/*' is present, must not specify {resource}");
            }

            if (wildResourceOf.Contains(sub) && main != "*")
            {
                violations.Add($"{path}[{i}]: Invalid value: \"{resource}\": if '*/{sub}' is present, must not specify {resource}");
            }

            _ = sub == "*" && wildSubresourceOf.Add(main);
            _ = main == "*" && wildResourceOf.Add(sub);
        }

        if (resources.Count > 1 && resources.Contains("*/*"))
        {
            violations.Add($"{path}: Invalid value: if '*/*' is present, must not specify other resources");
        }

        if (plainIsLast && resources.Contains("*"))
        {
            violations.Add($"{path}: Invalid value: if '*' is present, must not specify other resources without subresources");
        }
    }
}
