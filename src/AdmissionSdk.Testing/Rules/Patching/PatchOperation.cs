using System.Runtime.InteropServices;
using System.Text.Json;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>One operation as the API server reads it: members it does not know are ignored (contract 12.8).</summary>
internal sealed class PatchOperation(Dictionary<string, JsonElement>? members)
{
    public string Kind => Text("op") ?? "unknown";

    public string? Path => Text("path");

    /// <exception cref="PatchFailedException">There is no path; some operations say so in more words than others.</exception>
    public string ReadPath(string context) => Read("path", $"{context}: operation missing path field: missing value", context);

    /// <exception cref="PatchFailedException">There is no from.</exception>
    public string ReadFrom(string context) => Read("from", $"{context}: operation, missing from field: missing value", context);

    /// <summary>The value; null when the member is missing, which the library treats unlike a null that was written.</summary>
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
