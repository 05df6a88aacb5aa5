using System.Runtime.InteropServices;
using System.Text.Json;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>An operation as the API server reads operations: unknown members are ignored (contract 12.8).</summary>
internal sealed class PatchOperation(Dictionary<string, JsonElement>? members)
{
    public string Kind => Text("op") ?? "unknown";

    public string? Path => Text("path");

    /// <exception cref="PatchFailedException">The path is missing. The message depends on the operation.</exception>
    public string ReadPath(string context) => Read("path", $"{context}: operation missing path field: missing value", context);

    /// <exception cref="PatchFailedException">The from is missing.</exception>
    public string ReadFrom(string context) => Read("from", $"{context}: operation, missing from field: missing value", context);

    /// <summary>Reads the value; null if the member is missing, which the library does not treat like a written null.</summary>
    public ApiServerPatchNode? Value()
    {
        if (members is null || !members.TryGetValue("value", out var value))
        {
            return null;
        }

        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(value), new JsonReaderOptions { MaxDepth = 10_000 });
        reader.Read();
        return ApiServerPatchNode.Read(ref reader) ?? ApiServerPatchNode.ExplicitNull();
    }

    private string Read(string name, string missing, string context)
    {
        if (members is null || !members.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            throw new PatchFailedException(missing);
        }

        return Text(name) ?? throw new PatchFailedException($"{context}: json: cannot unmarshal {GoJsonReader.KindName(value.ValueKind)} into Go value of type string");
    }

    private string? Text(string name) =>
        members is not null && members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String
            ? GoJsonReader.Text(JsonMarshal.GetRawUtf8Value(value)[1..^1])
            : null;
}
