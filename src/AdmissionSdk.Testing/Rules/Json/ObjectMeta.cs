using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>The members of an object that the API server itself reads and writes.</summary>
internal static class ObjectMeta
{
    public static JsonObject? Metadata(this JsonObject json) => json["metadata"] as JsonObject;

    public static JsonObject EnsureMetadata(this JsonObject json)
    {
        if (json["metadata"] is not JsonObject metadata)
        {
            json["metadata"] = metadata = [];
        }

        return metadata;
    }

    public static string Text(this JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : "";

    /// <summary>Reads a whole number, of any .NET type; null without a number.</summary>
    public static long? Number(this JsonObject? json, string name) =>
        json?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Name(this JsonObject json) => json.Metadata().Text("name");

    public static string Namespace(this JsonObject json) => json.Metadata().Text("namespace");

    /// <summary>The labels; null when the object has no metadata at all, and then no object selector matches (contract 2.7).</summary>
    public static IReadOnlyDictionary<string, string>? Labels(this JsonObject? json) =>
        json?.Metadata() is { } metadata ? Texts(metadata["labels"] as JsonObject) : null;

    private static Dictionary<string, string> Texts(JsonObject? members) =>
        members?.Where(member => member.Value is JsonValue)
            .ToDictionary(member => member.Key, member => members.Text(member.Key), StringComparer.Ordinal)
            ?? [];
}
