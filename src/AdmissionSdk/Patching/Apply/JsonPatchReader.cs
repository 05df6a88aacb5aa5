using System.Text.Json;

namespace AdmissionSdk.Patching.Apply;

/// <summary>Reads a patch document; unknown members are ignored, as RFC 6902 section 4 says.</summary>
internal static class JsonPatchReader
{
    // A value stands two levels down in the patch: in an operation, in the list of operations.
    private const int LevelsAboveValue = 2;

    public static IReadOnlyList<JsonPatchOperation> Read(ReadOnlySpan<byte> json, int maxDepth)
    {
        JsonElement patch;
        try
        {
            patch = JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth + LevelsAboveValue });
        }
        catch (JsonException exception)
        {
            throw new JsonPatchException("it is not JSON: " + exception.Message);
        }

        return patch.ValueKind == JsonValueKind.Array
            ? [.. patch.EnumerateArray().Select(ReadOperation)]
            : throw new JsonPatchException("it is not an array of operations");
    }

    private static JsonPatchOperation ReadOperation(JsonElement json, int index)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new JsonPatchException($"operation {index} is not an object");
        }

        var op = ReadText(json, "op", index) ?? throw new JsonPatchException($"operation {index} has no op");
        var path = ReadText(json, "path", index) ?? throw new JsonPatchException($"operation {index} has no path");
        return op switch
        {
            "add" or "replace" or "test" => json.TryGetProperty("value", out var value)
                ? new JsonPatchOperation(op, path, from: null, value)
                : throw new JsonPatchException($"operation {index} ({op}) has no value"),
            "remove" => new JsonPatchOperation(op, path, from: null, value: null),
            "move" or "copy" => ReadText(json, "from", index) is { } from
                ? new JsonPatchOperation(op, path, from, value: null)
                : throw new JsonPatchException($"operation {index} ({op}) has no from"),
            _ => throw new JsonPatchException($"operation {index} has the unknown op \"{op}\""),
        };
    }

    private static string? ReadText(JsonElement json, string name, int index) =>
        !json.TryGetProperty(name, out var member) ? null
        : member.ValueKind == JsonValueKind.String ? member.GetString()
        : throw new JsonPatchException($"{name} of operation {index} is not a string");
}
