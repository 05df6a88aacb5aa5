using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>
/// The API server's comparison of an object before and after a patch (contract 14.4). Built-in kinds are Go structs, where null, absent and empty are one;
/// a custom resource is a tree of maps, where null, absent and empty differ.
/// </summary>
internal static class SemanticEquality
{
    public static bool AreEqual(JsonNode? left, JsonNode? right, bool typed) => (left, right) switch
    {
        (null, null) => true,
        (JsonObject a, JsonObject b) => AreEqual(a, b, typed),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second, typed)),
        (JsonValue a, JsonValue b) => AreEqual(a, b),
        _ => typed && IsEmpty(left) && IsEmpty(right),
    };

    private static bool AreEqual(JsonObject left, JsonObject right, bool typed)
    {
        if (!typed && left.Count != right.Count)
        {
            return false;
        }

        return left.All(member => SameMember(member.Key, member.Value, right, typed))
            && right.All(member => left.ContainsKey(member.Key) || (typed && IsEmpty(member.Value)));
    }

    private static bool SameMember(string name, JsonNode? value, JsonObject other, bool typed) =>
        other.TryGetPropertyValue(name, out var counterpart)
            ? AreEqual(value, counterpart, typed)
            : typed && IsEmpty(value);

    private static bool AreEqual(JsonValue left, JsonValue right)
    {
        var kind = left.GetValueKind();
        if (kind != right.GetValueKind())
        {
            return false;
        }

        return kind switch
        {
            JsonValueKind.String => left.GetValue<string>() == right.GetValue<string>(),
            JsonValueKind.Number => GoJson.Number(left.ToJsonString()) == GoJson.Number(right.ToJsonString()),
            _ => true,
        };
    }

    private static bool IsEmpty(JsonNode? node) => node is null or JsonObject { Count: 0 } or JsonArray { Count: 0 };
}
