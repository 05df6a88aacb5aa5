using System.Text;
using System.Text.Json;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>
/// Finds edits of <c>metadata</c> that the API server refuses after admission, with a 422 whatever failurePolicy says: a label that is not one would break the
/// user's write even under Ignore.
/// </summary>
internal static class MetadataEdits
{
    private const string Consequence = "The API server would refuse the user's request, whatever failurePolicy says.";
    private const string QualifiedName = "up to 63 letters, digits, '-', '_' or '.', with a letter or digit at both ends, and before them optionally a lower-case domain and a slash";

    // A name in a message may be as long as a request.
    private const int LongestShown = 80;

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
        if (Judge(path, document.RootElement) is { } problem)
        {
            throw new ArgumentException($"{problem} {Consequence}");
        }
    }

    private static string? Judge(ReadOnlySpan<string> path, JsonElement value) => path switch
    {
        [] => First(value, static (name, member) => Judge([name], member)),
        ["labels"] => First(value, Label),
        ["labels", var key] => Label(key, value),
        ["annotations"] => First(value, Annotation),
        ["annotations", var key] => Annotation(key, value),
        ["finalizers"] => First(value, static (_, item) => Finalizer(item)),
        ["finalizers", _] => Finalizer(value),
        ["ownerReferences"] => First(value, static (_, item) => Owner(item)) ?? Controllers(value),
        ["ownerReferences", _] => Owner(value),
        ["ownerReferences", _, "apiVersion" or "kind" or "name" or "uid"] => IsText(value) ? null : $"The {path[2]} of an owner reference is empty.",
        ["name"] => KubernetesNames.IsPathSegment(Text(value)) ? null : $"\"{Show(Text(value))}\" cannot be a name: use up to 253 characters without '/' and '%'.",
        ["generateName"] => Text(value) is "" || KubernetesNames.IsPathSegment(Text(value)) ? null : $"\"{Show(Text(value))}\" cannot be the beginning of a name.",
        ["namespace"] => KubernetesNames.IsDns1123Label(Text(value)) ? null : $"\"{Show(Text(value))}\" cannot be a namespace.",
        _ => null,
    };

    private static string? Label(string key, JsonElement value) =>
        !KubernetesNames.IsQualifiedName(key) ? $"\"{Show(key)}\" is not a label's key: use {QualifiedName}."
        : value.ValueKind != JsonValueKind.String ? $"The value of the label \"{key}\" is not a text."
        : KubernetesNames.IsLabelValue(value.GetString()) ? null
        : $"\"{Show(value.GetString())}\" is not a value for the label \"{key}\": use up to 63 letters, digits, '-', '_' or '.', with a letter or digit at both ends, or put it into an annotation.";

    // Kubernetes takes capitals in the domain here.
    private static string? Annotation(string key, JsonElement value) =>
        !KubernetesNames.IsQualifiedName(key.ToLowerInvariant()) ? $"\"{Show(key)}\" is not an annotation's key: use {QualifiedName}."
        : value.ValueKind != JsonValueKind.String ? $"The value of the annotation \"{key}\" is not a text."
        : MetadataLimits.SizeOf(key, value.GetString()!) <= MetadataLimits.MostAnnotationBytes ? null
        : $"The annotation \"{key}\" has {Encoding.UTF8.GetByteCount(value.GetString()!)} bytes, and all annotations of an object may have {MetadataLimits.MostAnnotationBytes}.";

    private static string? Finalizer(JsonElement value) =>
        KubernetesNames.IsQualifiedName(Text(value)) ? null : $"\"{Show(Text(value))}\" is not a finalizer: use {QualifiedName}.";

    private static string? Owner(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return "An owner reference is not an object.";
        }

        foreach (var member in new[] { "apiVersion", "kind", "name", "uid" })
        {
            if (!value.TryGetProperty(member, out var text) || !IsText(text))
            {
                return $"An owner reference has no {member}.";
            }
        }

        return null;
    }

    private static string? Controllers(JsonElement owners) =>
        owners.ValueKind == JsonValueKind.Array
        && owners.EnumerateArray().Count(owner => owner.TryGetProperty("controller", out var controller) && controller.ValueKind == JsonValueKind.True) > 1
            ? "Two owner references are the controller, and only one may be."
            : null;

    private static string? First(JsonElement value, Func<string, JsonElement, string?> judge) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(member => judge(member.Name, member.Value)).FirstOrDefault(problem => problem is not null),
        JsonValueKind.Array => value.EnumerateArray().Select(item => judge("", item)).FirstOrDefault(problem => problem is not null),
        _ => null,
    };

    private static bool IsText(JsonElement value) => Text(value) is { Length: > 0 };

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Show(string? text) => text is null ? "null" : text.Length > LongestShown ? text[..LongestShown] + "…" : text;
}
