using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Matching;

/// <summary>Label selectors. NotIn holds when the label is absent.</summary>
internal static class SelectorMatcher
{
    public static bool IsEmpty(V1LabelSelector? selector) =>
        selector is null || (selector.MatchLabels is null or { Count: 0 } && selector.MatchExpressions is null or { Count: 0 });

    public static bool Matches(V1LabelSelector selector, IReadOnlyDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
        && (selector.MatchExpressions ?? []).All(expression => Matches(expression, labels));

    private static bool Matches(V1LabelSelectorRequirement expression, IReadOnlyDictionary<string, string> labels)
    {
        var exists = labels.TryGetValue(expression.Key, out var value);
        return expression.OperatorProperty switch
        {
            "In" => exists && expression.Values.Contains(value!),
            "NotIn" => !exists || !expression.Values.Contains(value!),
            "Exists" => exists,
            _ => !exists,
        };
    }
}
