using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>
/// JSON patch as in kube-apiserver, not as in RFC 6902 (contract 12): <c>replace</c> adds a missing member,
/// <c>test</c> compares raw text, negative indices count from the end, a failure names the path in the library's words.
/// </summary>
internal sealed class JsonPatchV4
{
    /// <summary>The API server's default limit for what <c>copy</c> operations of one patch may add (contract 12.7).</summary>
    public const long DefaultCopyLimit = 3 * 1024 * 1024;

    private readonly List<PatchOperation> _operations;

    private JsonPatchV4(List<PatchOperation> operations, string json)
    {
        _operations = operations;
        Json = json;
    }

    public string Json { get; }

    public int Count => _operations.Count;

    /// <summary>Reads the patch text. A text that is not an array of objects is undecodable, which failurePolicy decides (contract 11).</summary>
    /// <exception cref="FormatException">The text is not a JSON array of objects; the message is Go's.</exception>
    public static JsonPatchV4 Decode(ReadOnlyMemory<byte> text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 10_000 });
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw new FormatException(GoSyntaxError(text.Span));
        }

        var operations = new List<PatchOperation>();
        if (root.ValueKind == JsonValueKind.Array)
        {
            operations.AddRange(root.EnumerateArray().Select(ReadOperation));
        }
        else if (root.ValueKind != JsonValueKind.Null)
        {
            throw new FormatException($"json: cannot unmarshal {GoJsonReader.KindName(root.ValueKind)} into Go value of type jsonpatch.Patch");
        }

        return new JsonPatchV4(operations, Encoding.UTF8.GetString(text.Span));
    }

    /// <summary>Applies every operation to the document, or none: the first failure throws (contract 12.9).</summary>
    /// <exception cref="PatchFailedException">An operation does not apply.</exception>
    public string Apply(string document, long copyLimit = DefaultCopyLimit)
    {
        var run = new PatchRun(ApiServerPatchNode.Parse(Encoding.UTF8.GetBytes(document))!, copyLimit);
        foreach (var operation in _operations)
        {
            run.Apply(operation);
        }

        return ApiServerPatchNode.ToJson(run.Document);
    }

    private static PatchOperation ReadOperation(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
                foreach (var member in element.EnumerateObject())
                {
                    members[GoJsonReader.Text(JsonMarshal.GetRawUtf8PropertyName(member))] = member.Value;
                }

                return new PatchOperation(members);
            case JsonValueKind.Null:
                return new PatchOperation(null);
            default:
                throw new FormatException($"json: cannot unmarshal {GoJsonReader.KindName(element.ValueKind)} into Go value of type jsonpatch.Operation");
        }
    }

    private static string GoSyntaxError(ReadOnlySpan<byte> text)
    {
        var trimmed = text.TrimStart(" \t\r\n"u8);
        return trimmed.Length > 0 && !"{[\"-0123456789tfn"u8.Contains(trimmed[0])
            ? $"invalid character '{(char)trimmed[0]}' looking for beginning of value"
            : "unexpected end of JSON input";
    }
}
