using System.Text;
using System.Text.Json;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>The size of an object's annotations, of which Kubernetes allows 256 KiB in all.</summary>
internal static class MetadataLimits
{
    public const int MostAnnotationBytes = 256 * 1024;

    public static long SizeOf(string key, string value) => Encoding.UTF8.GetByteCount(key) + (long)Encoding.UTF8.GetByteCount(value);

    /// <summary>The bytes of all annotations, as the API server counts them: keys and values.</summary>
    public static long Measure(PatchDocument document)
    {
        if (document.Root.Find("metadata")?.Find("annotations") is not { IsObject: true } annotations)
        {
            return 0;
        }

        using var json = JsonDocument.Parse(annotations.Write(), new JsonDocumentOptions { MaxDepth = int.MaxValue });
        return json.RootElement.EnumerateObject().Sum(member => SizeOf(member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : ""));
    }

    /// <summary>Refuses edits that take the annotations over the limit; a user's own excess is for the API server to refuse.</summary>
    /// <exception cref="PatchException">The edited object has too many bytes of annotations.</exception>
    public static void ThrowIfExceeded(PatchDocument document, long before)
    {
        var after = Measure(document);
        if (after > MostAnnotationBytes && after > before)
        {
            throw new PatchException($"the annotations have {after} bytes in all, and Kubernetes allows {MostAnnotationBytes}; the API server would refuse the user's request, whatever failurePolicy says");
        }
    }
}
