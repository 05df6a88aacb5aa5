using System.Text.Json.Nodes;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>Compares selectors as the sets they are: neither the order of requirements nor that of values means anything.</summary>
internal static class SelectorSet
{
    private const string Expressions = "matchExpressions";

    public static bool AreSame(V1LabelSelectorRequirement one, V1LabelSelectorRequirement other) =>
        one.Key == other.Key && one.OperatorProperty == other.OperatorProperty
        && (one.Values ?? []).ToHashSet(StringComparer.Ordinal).SetEquals(other.Values ?? []);

    /// <summary>Gives the cluster's requirements the order, and the repetitions, of the code's where they are the same, so that only others differ.</summary>
    public static void Align(JsonObject? code, JsonObject? cluster)
    {
        if (cluster?[Expressions] is not JsonArray theirs)
        {
            return;
        }

        var ours = code?[Expressions] as JsonArray ?? [];
        var left = theirs.Select(item => item!.DeepClone()).DistinctBy(Text, StringComparer.Ordinal).ToDictionary(Text, StringComparer.Ordinal);
        var aligned = new JsonArray();
        foreach (var item in ours)
        {
            if (left.ContainsKey(Text(item!)))
            {
                aligned.Add(item!.DeepClone());
            }
        }

        foreach (var text in ours.Select(item => Text(item!)))
        {
            left.Remove(text);
        }

        foreach (var item in theirs.Select(item => Text(item!)).Distinct(StringComparer.Ordinal).Where(left.ContainsKey))
        {
            aligned.Add(left[item]);
        }

        cluster[Expressions] = aligned;
        RemoveEmpty(code);
        RemoveEmpty(cluster);
    }

    private static void RemoveEmpty(JsonObject? selector)
    {
        if (selector?[Expressions] is JsonArray { Count: 0 })
        {
            selector.Remove(Expressions);
        }
    }

    private static string Text(JsonNode requirement) =>
        $"{requirement["key"]}\n{requirement["operator"]}\n{string.Join('\n', (requirement["values"] as JsonArray ?? []).Select(value => value?.ToString() ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}";
}
