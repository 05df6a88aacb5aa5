using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>Checks match conditions without a CEL compiler: names, number, and quotes and brackets that close (contract 19.9).</summary>
internal static class MatchConditionValidator
{
    private const int Most = 64;

    public static void Validate(IList<V1MatchCondition> conditions, ProblemList problems)
    {
        problems.Check(conditions.Count <= Most, $"there are {conditions.Count} match conditions; {Most} is the most.");
        foreach (var condition in conditions)
        {
            problems.Check(
                KubernetesNames.IsQualifiedName(condition.Name),
                $"the match condition's name \"{condition.Name}\" must be at most 63 letters, digits, '-', '_' and '.', optionally after a domain and a slash.");
            if (problems.Check(!string.IsNullOrWhiteSpace(condition.Expression), $"the match condition {condition.Name} has no expression."))
            {
                var flaw = CelShape.FindFlaw(condition.Expression);
                problems.Check(flaw is null, $"the match condition {condition.Name} cannot compile: {flaw}.");
            }
        }

        foreach (var twice in conditions.GroupBy(condition => condition.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Check(false, $"{twice.Count()} match conditions are named {twice.Key}; give each its own name.");
        }
    }
}
