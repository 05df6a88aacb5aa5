using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Outcomes;

/// <summary>The difference of two objects, a line a place: <c>~</c> changed, <c>+</c> added, <c>-</c> removed. For people, so lists are compared by position.</summary>
internal static class ObjectDiff
{
    private const int MaxLines = 40;
    private const int MaxValue = 200;

    public static IReadOnlyList<string> Lines(JsonNode? before, JsonNode? after)
    {
        var lines = new List<string>();
        Compare([], before, after, lines);
        return lines.Count <= MaxLines
            ? lines
            : [.. lines.Take(MaxLines), string.Create(CultureInfo.InvariantCulture, $"… and {lines.Count - MaxLines} more")];
    }

    private static void Compare(IReadOnlyList<string> path, JsonNode? before, JsonNode? after, List<string> lines)
    {
        switch (before, after)
        {
            case (JsonObject left, JsonObject right):
                foreach (var name in left.Select(member => member.Key).Union(right.Select(member => member.Key), StringComparer.Ordinal))
                {
                    CompareMember([.. path, name], (left.TryGetPropertyValue(name, out var old), old), (right.TryGetPropertyValue(name, out var @new), @new), lines);
                }

                break;
            case (JsonArray left, JsonArray right):
                for (var i = 0; i < Math.Max(left.Count, right.Count); i++)
                {
                    CompareMember(
                        [.. path, i.ToString(CultureInfo.InvariantCulture)],
                        (i < left.Count, i < left.Count ? left[i] : null),
                        (i < right.Count, i < right.Count ? right[i] : null),
                        lines);
                }

                break;
            default:
                if (GoJson.Write(before) != GoJson.Write(after))
                {
                    lines.Add($"~ {Pointer.Format(path)}: {Show(before)} -> {Show(after)}");
                }

                break;
        }
    }

    private static void CompareMember(
        IReadOnlyList<string> path, (bool Exists, JsonNode? Value) before, (bool Exists, JsonNode? Value) after, List<string> lines)
    {
        switch (before.Exists, after.Exists)
        {
            case (true, false):
                lines.Add($"- {Pointer.Format(path)}: {Show(before.Value)}");
                break;
            case (false, true):
                lines.Add($"+ {Pointer.Format(path)}: {Show(after.Value)}");
                break;
            default:
                Compare(path, before.Value, after.Value, lines);
                break;
        }
    }

    private static string Show(JsonNode? node)
    {
        var text = GoJson.Write(node);
        return text.Length <= MaxValue ? text : text[..MaxValue] + "…";
    }
}
