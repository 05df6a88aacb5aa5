using System.Text.Json;

namespace AdmissionSdk.Patching;

/// <summary>One operation of a JSON Patch (RFC 6902).</summary>
public sealed record JsonPatchOperation
{
    internal JsonPatchOperation(string op, string path, string? from, JsonElement? value)
    {
        Op = op;
        Path = path;
        From = from;
        Value = value;
    }

    /// <summary><c>add</c>, <c>remove</c>, <c>replace</c>, <c>move</c>, <c>copy</c> or <c>test</c>.</summary>
    public string Op { get; }

    /// <summary>The place it works on, as a JSON Pointer (RFC 6901).</summary>
    public string Path { get; }

    /// <summary>Where <c>move</c> and <c>copy</c> take from; null otherwise.</summary>
    public string? From { get; }

    /// <summary>The value of <c>add</c>, <c>replace</c> and <c>test</c>; null otherwise. Owns its memory.</summary>
    public JsonElement? Value { get; }

    /// <summary>For example <c>replace /spec/replicas = 3</c>.</summary>
    /// <returns>The operation on one line.</returns>
    public override string ToString() =>
        Op + (From is null ? "" : $" {From} ->") + $" {Path}" + (Value is { } value ? $" = {value.GetRawText()}" : "");
}
