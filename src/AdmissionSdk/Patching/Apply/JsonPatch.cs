using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching;

/// <summary>
/// A JSON Patch, applied strictly as RFC 6902 and RFC 6901 say: every conforming engine applies the patches that apply here, with the same result.
/// </summary>
internal sealed class JsonPatch
{
    private readonly ReadOnlyMemory<byte> _json;

    private JsonPatch(ReadOnlyMemory<byte> json, IReadOnlyList<JsonPatchOperation> operations)
    {
        _json = json;
        Operations = operations;
    }

    /// <summary>The operations, in order.</summary>
    public IReadOnlyList<JsonPatchOperation> Operations { get; }

    /// <summary>Reads a patch.</summary>
    /// <param name="json">The patch document, as UTF-8.</param>
    /// <returns>The patch.</returns>
    /// <exception cref="JsonPatchException">The document is not a JSON Patch, or is nested deeper than 1,002.</exception>
    public static JsonPatch Parse(ReadOnlySpan<byte> json) => Parse(json.ToArray(), PatchLimits.Default);

    /// <summary>Applies the patch, all or nothing, with at most 3 MiB added by <c>copy</c>, as in the API server.</summary>
    /// <param name="document">A JSON document, as UTF-8. The document is not changed.</param>
    /// <returns>The patched document. Values that no operation touches keep their bytes.</returns>
    /// <exception cref="JsonPatchException">An operation does not apply.</exception>
    /// <exception cref="JsonException"><paramref name="document"/> is not JSON, or is nested deeper than 1,000.</exception>
    public byte[] Apply(ReadOnlySpan<byte> document)
    {
        JsonScan.Validate(document, PatchLimits.Default.MaxDepth);
        return Apply(document.ToArray(), PatchLimits.Default).Written.ToArray();
    }

    /// <summary>Returns the patch as it was read.</summary>
    /// <returns>The patch document.</returns>
    public override string ToString() => Encoding.UTF8.GetString(_json.Span);

    internal static JsonPatch Parse(ReadOnlyMemory<byte> json, PatchLimits limits) => new(json, JsonPatchReader.Read(json.Span, limits.MaxDepth));

    /// <summary>Applies the patch to a document that is known to be JSON.</summary>
    internal Composer Apply(ReadOnlyMemory<byte> document, PatchLimits limits)
    {
        var target = new PatchDocument(document, limits);
        ApplyTo(target);
        return target.Compose();
    }

    internal void ApplyTo(PatchDocument document)
    {
        for (var index = 0; index < Operations.Count; index++)
        {
            document.Apply(index, Operations[index]);
        }
    }
}
