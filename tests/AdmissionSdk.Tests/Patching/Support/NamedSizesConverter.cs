using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Writes sizes by name as a list of objects with a name and a size.</summary>
internal sealed class NamedSizesConverter : JsonConverter<Dictionary<string, int>>
{
    public override Dictionary<string, int>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonNode.Parse(ref reader)!.AsArray().ToDictionary(item => (string)item!["name"]!, item => (int)item!["size"]!);

    public override void Write(Utf8JsonWriter writer, Dictionary<string, int> value, JsonSerializerOptions options) =>
        new JsonArray([.. value.Select(item => new JsonObject { ["name"] = item.Key, ["size"] = item.Value })]).WriteTo(writer);
}
