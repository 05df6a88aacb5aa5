using System.Text.Json;

namespace AdmissionSdk.Testing.Simulation.Patching;

/// <summary>One operation as the API server reads it: members it does not know are ignored (contract 12.8).</summary>
internal sealed class PatchOperation(Dictionary<string, JsonElement>? members)
{
    public string Kind => Text("op") ?? "unknown";

    public string? Path => Text("path");

    public string? From => Text("from");

    /// <summary>The value; null when the member is missing, which the library treats unlike a null that was written.</summary>
    public PatchNode? Value()
    {
        if (members is null || !members.TryGetValue("value", out var value))
        {
            return null;
        }
        var reader = new Utf8JsonReader(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value), new JsonReaderOptions { MaxDepth = 10_000 });
        reader.Read();
        return PatchNode.Read(ref reader) ?? PatchNode.ExplicitNull();
    }

    private string? Text(string name)
        => members is not null && members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
