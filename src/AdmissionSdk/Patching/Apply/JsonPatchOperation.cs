using System.Text.Json;

namespace AdmissionSdk.Patching;

/// <summary>One operation of a JSON Patch (RFC 6902).</summary>
public sealed class JsonPatchOperation
{
    internal JsonPatchOperation(string op, string path, string? from, JsonElement? value)
    {
        Op = op;
        Path = path;
        From = from;
        Value = value;
    }

    /// <summary>The kind of operation: <c>add</c>, <c>remove</c>, <c>replace</c>, <c>move</c>, <c>copy</c> or <c>test</c>.</summary>
    public string Op { get; }

    /// <summary>The place that the operation works on, as a JSON Pointer (RFC 6901).</summary>
    public string Path { get; }

    /// <summary>The place that <c>move</c> and <c>copy</c> take the value from, as a JSON Pointer; null for the other operations.</summary>
    public string? From { get; }

    /// <summary>The value of <c>add</c>, <c>replace</c> and <c>test</c>, which owns its memory; null for the other operations.</summary>
    public JsonElement? Value { get; }

    /// <summary>Describes the operation, for example <c>replace /spec/replicas = 3</c>.</summary>
    /// <returns>The operation on one line.</returns>
    public override string ToString() =>
        Op + (From is null ? "" : $" {From} ->") + $" {Path}" + (Value is { } value ? $" = {value.GetRawText()}" : "");
}
