using k8s.Models;

namespace AdmissionSdk.Model;

/// <summary>Copies selectors, whose lists and maps stay mutable: a registered webhook must not change with the object that somebody keeps.</summary>
internal static class LabelSelectorCopy
{
    public static V1LabelSelector? Of(V1LabelSelector? selector) => selector is null ? null : new()
    {
        MatchLabels = selector.MatchLabels is { } labels ? new Dictionary<string, string>(labels, StringComparer.Ordinal) : null,
        MatchExpressions = selector.MatchExpressions is { } expressions ? [.. expressions.Select(Of)] : null,
    };

    private static V1LabelSelectorRequirement Of(V1LabelSelectorRequirement requirement) => new()
    {
        Key = requirement.Key,
        OperatorProperty = requirement.OperatorProperty,
        Values = requirement.Values is { } values ? [.. values] : null,
    };
}
