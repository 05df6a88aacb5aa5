using System.Text.Json.Nodes;
using k8s.Models;

namespace AdmissionSdk.Model;

/// <summary>Matches labels as the API server does.</summary>
internal static class LabelSelectorMatch
{
    public static bool Matches(V1LabelSelector selector, IReadOnlyDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>()).All(wanted => labels.GetValueOrDefault(wanted.Key) == wanted.Value)
        && (selector.MatchExpressions ?? []).All(expression => Matches(expression, labels.GetValueOrDefault(expression.Key)));

    /// <summary>Reads the labels of an object.</summary>
    public static IReadOnlyDictionary<string, string> ReadLabels(JsonObject json) =>
        ((json["metadata"] as JsonObject)?["labels"] as JsonObject ?? []).ToDictionary(label => label.Key, label => label.Value?.ToString() ?? "", StringComparer.Ordinal);

    private static bool Matches(V1LabelSelectorRequirement expression, string? value) => expression.OperatorProperty switch
    {
        "In" => value is not null && expression.Values.Contains(value),
        "NotIn" => value is null || !expression.Values.Contains(value),
        "Exists" => value is not null,
        _ => value is null,
    };
}
