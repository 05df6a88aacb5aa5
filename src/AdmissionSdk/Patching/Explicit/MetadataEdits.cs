using System.Text.Json;
using AdmissionSdk.Patching.Metadata;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>
/// Finds edits of <c>metadata</c> that the API server refuses after admission, with a 422 whatever failurePolicy says: a label that is not one would break the
/// user's write even under Ignore. Tells the author at once, by the value; <see cref="MetadataGuard"/> looks at what is sent in the end.
/// </summary>
internal static class MetadataEdits
{
    /// <exception cref="ArgumentException">The API server would refuse the edited object.</exception>
    public static void ThrowIfRefused(PatchEdit edit)
    {
        var segments = edit.Path.Segments;
        if (edit.Value.IsEmpty || segments.Count == 0 || segments[0].Name != "metadata")
        {
            return;
        }

        // As deep as the limits of a patch allow, which are checked later.
        using var document = JsonDocument.Parse(edit.Value, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        var isElement = edit.Verb is PatchVerb.Append or PatchVerb.AppendIfAbsent;
        string[] path = [.. segments.Skip(1).Select(segment => segment.Name), .. isElement ? ["-"] : Array.Empty<string>()];
        if (MetadataMemberRules.Judge(path, document.RootElement) is { } problem)
        {
            throw new ArgumentException($"{problem} {MetadataMemberRules.Consequence}");
        }
    }
}
