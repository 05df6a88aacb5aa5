using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Outcomes;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Compares objects given as text.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 10_000 };

    public static JsonObject Parse(string json) => JsonNode.Parse(json, documentOptions: Deep)!.AsObject();

    public static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || JsonNode.DeepEquals(Parse(left), Parse(right));

    public static string Diff(string before, string after) => string.Join('\n', ObjectDiff.Lines(Parse(before), Parse(after)));

    public static string Edit(string json, Action<JsonObject> edit)
    {
        var node = Parse(json);
        edit(node);
        return node.ToJsonString();
    }
}
