using System.Text;
using System.Text.Json;

namespace AdmissionSdk.Patching.Metadata;

/// <summary>The rules of <c>metadata</c> that every kind of object has, and that the API server applies after admission, whatever failurePolicy says.</summary>
internal static class MetadataMemberRules
{
    /// <summary>The end of a message about a value that is against a rule.</summary>
    public const string Consequence = "The API server would refuse the user's request, whatever failurePolicy says.";

    private const string QualifiedName = "up to 63 letters, digits, '-', '_' or '.', with a letter or digit at both ends, and before them optionally a lower-case domain and a slash";

    // A name in a message may be as long as a request.
    private const int LongestShown = 80;

    /// <summary>The rule of a member of <c>metadata</c>, without any value, for a message that users may see.</summary>
    public static string Describe(string member) => member switch
    {
        "labels" => $"a label's key has {QualifiedName}, and its value up to 63 letters, digits, '-', '_' or '.', with a letter or digit at both ends",
        "annotations" => $"an annotation's key has {QualifiedName}, and its value is a text",
        "finalizers" => $"a finalizer has {QualifiedName}, and orphan and foregroundDeletion exclude each other",
        "ownerReferences" => "an owner reference has apiVersion, kind, name and uid, and only one is the controller",
        "name" or "generateName" => "a name has up to 253 characters without '/' and '%'",
        "namespace" => "a namespace has up to 63 lower-case letters, digits or '-'",
        _ => "labels, annotations, finalizers, owner references and names have to be ones",
    };

    /// <summary>The problem of a value.</summary>
    /// <param name="path">The place of the value below <c>metadata</c>; a <c>-</c> is the end of a list.</param>
    /// <param name="value">The value.</param>
    /// <returns>A sentence that shows the value, for the author of the edit; null without a problem.</returns>
    public static string? Judge(ReadOnlySpan<string> path, JsonElement value) => path switch
    {
        [] => First(value, static (name, member) => Judge([name], member)),
        ["labels"] => First(value, Label),
        ["labels", var key] => Label(key, value),
        ["annotations"] => First(value, Annotation),
        ["annotations", var key] => Annotation(key, value),
        ["finalizers"] => First(value, static (_, item) => Finalizer(item)) ?? Deletions(value),
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

    private static string? Deletions(JsonElement finalizers) =>
        finalizers.ValueKind == JsonValueKind.Array && Has(finalizers, "orphan") && Has(finalizers, "foregroundDeletion")
            ? "The finalizers orphan and foregroundDeletion exclude each other."
            : null;

    private static bool Has(JsonElement list, string text)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (Text(item) == text)
            {
                return true;
            }
        }

        return false;
    }

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
