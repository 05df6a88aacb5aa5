using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Manifests;

/// <summary>Compares two JSON values field by field; elements of a list with names are compared by name.</summary>
internal static class JsonDrift
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Adds every difference to the list.</summary>
    public static void Compare(string subject, string path, JsonNode? code, JsonNode? cluster, List<FieldDrift> drifts)
    {
        switch (code, cluster)
        {
            case (JsonObject wanted, JsonObject actual):
                foreach (var key in wanted.Select(item => item.Key).Union(actual.Select(item => item.Key)).Order(StringComparer.Ordinal))
                {
                    Compare(subject, path.Length == 0 ? key : $"{path}.{key}", wanted[key], actual[key], drifts);
                }

                break;
            case (JsonArray wanted, JsonArray actual) when HasNames(wanted) && HasNames(actual):
                foreach (var name in wanted.Concat(actual).Select(item => (string)item!["name"]!).Distinct(StringComparer.Ordinal))
                {
                    Compare(subject, $"{path}[{name}]", Find(wanted, name), Find(actual, name), drifts);
                }

                break;
            case (JsonArray wanted, JsonArray actual) when wanted.Count == actual.Count && wanted.Concat(actual).All(item => item is JsonObject):
                for (var i = 0; i < wanted.Count; i++)
                {
                    Compare(subject, $"{path}[{i}]", wanted[i], actual[i], drifts);
                }

                break;
            // The values of a selector are a set; a chart cannot know how its namespace sorts.
            case (JsonArray wanted, JsonArray actual) when path.EndsWith("].values", StringComparison.Ordinal) && AsSet(wanted).SetEquals(AsSet(actual)):
                break;
            default:
                if (!JsonNode.DeepEquals(code, cluster))
                {
                    drifts.Add(new FieldDrift(subject, path, Text(code), Text(cluster)));
                }

                break;
        }
    }

    private static bool HasNames(JsonArray items) =>
        items.All(item => item is JsonObject && item["name"] is JsonValue name && name.GetValueKind() == JsonValueKind.String);

    private static HashSet<string> AsSet(JsonArray values) => values.Select(value => value?.ToJsonString() ?? "").ToHashSet(StringComparer.Ordinal);

    private static JsonNode? Find(JsonArray items, string name) => items.FirstOrDefault(item => (string?)item!["name"] == name);

    public static string? Text(JsonNode? node) => node?.ToJsonString(Readable);
}
