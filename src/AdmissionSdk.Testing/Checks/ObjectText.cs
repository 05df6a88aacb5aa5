using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Outcomes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Checks;

/// <summary>Compares and edits objects given as text.</summary>
internal static class ObjectText
{
    public static bool Same(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal) || JsonNode.DeepEquals(TestObjectReader.Parse(left), TestObjectReader.Parse(right));

    public static string Diff(string before, string after) =>
        string.Join('\n', ObjectDiff.Lines(TestObjectReader.Parse(before), TestObjectReader.Parse(after)));

    public static string Edit(string json, Action<JsonObject> edit)
    {
        var node = TestObjectReader.Parse(json);
        edit(node);
        return node.ToJsonString();
    }
}
