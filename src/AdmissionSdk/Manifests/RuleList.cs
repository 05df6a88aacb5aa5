using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>Turns the operations and resources of handlers into the fewest rules, in an order that depends on nothing but their content.</summary>
internal static class RuleList
{
    public static List<V1RuleWithOperations> Create(IReadOnlyList<HandlerDescriptor> handlers)
    {
        // One rule has one group and one version, because the API server wants every combination in it to exist (contract 20.7).
        var rules =
            from handler in handlers
            from target in handler.Resources
            group target.RuleResource by (target.Group, target.Version, handler.Operations, handler.Scope) into rule
            orderby rule.Key.Group, rule.Key.Version, rule.Key.Operations, rule.Key.Scope
            select (rule.Key, Resources: string.Join(' ', Reduce(rule)));

        return
        [
            .. from rule in rules.DistinctBy(rule => rule)
               select new V1RuleWithOperations
               {
                   ApiGroups = [rule.Key.Group],
                   ApiVersions = [rule.Key.Version],
                   Operations = Spell(rule.Key.Operations),
                   Resources = rule.Resources.Split(' '),
                   Scope = rule.Key.Scope == ResourceScope.Any ? null : rule.Key.Scope.ToString(),
               },
        ];
    }

    /// <summary>Leaves out resources that a wildcard of the same rule covers, which the API server partly refuses (contract 19.5, 2.2).</summary>
    private static IEnumerable<string> Reduce(IEnumerable<string> resources)
    {
        var all = resources.ToHashSet(StringComparer.Ordinal);
        return all.Where(resource => !IsCovered(resource, all)).Order(StringComparer.Ordinal);
    }

    private static bool IsCovered(string resource, HashSet<string> all)
    {
        if (resource == "*/*")
        {
            return false;
        }

        if (all.Contains("*/*"))
        {
            return true;
        }

        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? (resource != "*" && all.Contains("*")) || all.Contains($"{resource}/*")
            : Others(resource[..slash], resource[(slash + 1)..]).Any(all.Contains);

        static IEnumerable<string> Others(string main, string sub)
        {
            if (sub != "*")
            {
                yield return $"{main}/*";
            }

            if (main != "*")
            {
                yield return $"*/{sub}";
            }
        }
    }

    private static List<string> Spell(Operations operations) =>
        operations == Operations.All
            ? ["*"]
            : [.. new[] { Operations.Create, Operations.Update, Operations.Delete, Operations.Connect }
                .Where(operation => operations.HasFlag(operation)).Select(operation => operation.ToString().ToUpperInvariant())];
}
