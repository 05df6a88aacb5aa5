using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Metadata;

/// <summary>The size of an object's annotations, of which Kubernetes allows 256 KiB in all.</summary>
internal static class MetadataLimits
{
    public const int MostAnnotationBytes = 256 * 1024;

    public static long SizeOf(string key, string value) => Encoding.UTF8.GetByteCount(key) + (long)Encoding.UTF8.GetByteCount(value);

    /// <summary>Refuses edits that take the annotations over the limit; a user's own excess is for the API server to refuse.</summary>
    /// <param name="result">The edited document.</param>
    /// <param name="metadata">The place of the metadata in it.</param>
    /// <param name="limits">The limits of the document.</param>
    /// <exception cref="PatchException">The edited object has too many bytes of annotations.</exception>
    public static void ThrowIfExceeded(PatchDocument result, ReadOnlySpan<string> metadata, PatchLimits limits)
    {
        var after = Measure(result, metadata);
        if (after > MostAnnotationBytes && after > Measure(new PatchDocument(result.Text, limits, result.Index), metadata))
        {
            throw new PatchException($"the annotations have {after} bytes in all, and Kubernetes allows {MostAnnotationBytes}; the API server would refuse the user's request, whatever failurePolicy says");
        }
    }

    /// <summary>The bytes of all annotations, as the API server counts them: keys and values.</summary>
    private static long Measure(PatchDocument document, ReadOnlySpan<string> metadata)
    {
        var node = document.Root;
        foreach (var name in metadata)
        {
            node = node?.Find(name);
        }

        if (node?.Find("annotations") is not { IsObject: true } annotations)
        {
            return 0;
        }

        var bytes = 0L;
        using var json = JsonDocument.Parse(annotations.Write(), new JsonDocumentOptions { MaxDepth = int.MaxValue });
        foreach (var member in json.RootElement.EnumerateObject())
        {
            bytes += SizeOf(member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : "");
        }

        return bytes;
    }
}
