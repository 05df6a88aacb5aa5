using System.Text.Json.Nodes;

namespace Growth.Tests.Support;

/// <summary>Pods of any size.</summary>
internal static class Pods
{
    public static JsonObject Of(
        int containers, Func<int, string> image, Func<int, string>? name = null, JsonObject? annotations = null, JsonObject? labels = null, Action<JsonObject>? spec = null)
    {
        name ??= static i => $"c{i}";
        var pod = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = "web", ["annotations"] = annotations, ["labels"] = labels },
            ["spec"] = new JsonObject { ["containers"] = List(containers, i => new JsonObject { ["name"] = name(i), ["image"] = image(i) }) },
        };
        spec?.Invoke(pod["spec"]!.AsObject());
        return pod;
    }

    public static JsonArray List(int count, Func<int, JsonNode> element) => [.. Enumerable.Range(0, count).Select(element)];

    public static JsonObject Map(int count, Func<int, (string Key, string Value)> entry) =>
        new(Enumerable.Range(0, count).Select(entry).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
