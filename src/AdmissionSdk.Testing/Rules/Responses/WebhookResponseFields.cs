using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Responses;

/// <summary>Reads members by their exact name and type, as Go's decoder does: null is zero, a wrong type fails (contract 9.4).</summary>
internal static class WebhookResponseFields
{
    public static JsonObject? Object(JsonObject json, string name, string path) => Get(json, name) switch
    {
        null => null,
        JsonObject members => members,
        var other => throw Wrong(other, path, "struct"),
    };

    public static string? Text(JsonObject json, string name, string path) => Get(json, name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => throw Wrong(other, path, "string"),
    };

    public static bool Flag(JsonObject json, string name, string path) => Get(json, name) switch
    {
        null => false,
        JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        var other => throw Wrong(other, path, "bool"),
    };

    public static int Integer(JsonObject json, string name, string path) => Get(json, name) switch
    {
        null => 0,
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out var number) => number,
        var other => throw Wrong(other, path, "int32"),
    };

    public static IReadOnlyList<string> Texts(JsonObject json, string name, string path) => Get(json, name) switch
    {
        null => [],
        JsonArray items => [.. items.Select(item => Text(new JsonObject { [name] = item?.DeepClone() }, name, path) ?? "")],
        var other => throw Wrong(other, path, "[]string"),
    };

    public static IReadOnlyList<JsonObject> Objects(JsonObject json, string name, string path) => Get(json, name) switch
    {
        null => [],
        JsonArray items => [.. items.Select(item => item is null ? [] : item as JsonObject ?? throw Wrong(item, path, "struct"))],
        var other => throw Wrong(other, path, "[]struct"),
    };

    public static IReadOnlyDictionary<string, string> TextMap(JsonObject json, string name, string path) =>
        Object(json, name, path) is { } members
            ? members.ToDictionary(member => member.Key, member => Text(members, member.Key, path) ?? "", StringComparer.Ordinal)
            : new Dictionary<string, string>();

    public static byte[] Bytes(JsonObject json, string name, string path)
    {
        var text = Text(json, name, path) ?? "";
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            throw new FormatException("illegal base64 data");
        }
    }

    private static JsonNode? Get(JsonObject json, string name) => json.TryGetPropertyValue(name, out var value) ? value : null;

    private static FormatException Wrong(JsonNode node, string path, string type)
    {
        return new FormatException($"json: cannot unmarshal {GoJsonReader.KindName(node.GetValueKind())} into Go struct field {path} of type {type}");
    }
}
