using System.Text.Json;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Metadata;

/// <summary>
/// Looks at a patch before it is sent, whichever way its author named the edit: one that takes <c>metadata</c> over the rules would cost the user a 422 even
/// under Ignore. What the author left alone is the requester's business.
/// </summary>
internal static class MetadataGuard
{
    private static readonly string[] OfObject = ["metadata"];

    /// <param name="patch">The patch, which applies.</param>
    /// <param name="result">The object as received, with the patch applied.</param>
    /// <param name="namespace">The namespace of the request; empty for an object without one.</param>
    /// <param name="mayRename">True if the object does not exist yet, so that its name may change.</param>
    /// <param name="limits">The limits of the document.</param>
    /// <exception cref="PatchException">The API server would refuse the edited object.</exception>
    public static void ThrowIfRefused(JsonPatch patch, PatchDocument result, string @namespace, bool mayRename, PatchLimits limits)
    {
        var template = OfObject;
        var wholes = default(Wholes);
        foreach (var operation in patch.Operations)
        {
            // Most patches are of other parts.
            if (operation.Path.StartsWith("/metadata", StringComparison.Ordinal))
            {
                var path = JsonPointer.TryParse(operation.Path)!;
                if (path[0] == "metadata")
                {
                    JudgeIdentity(operation, path, @namespace, mayRename);
                    JudgeObject(operation, path, ref wholes);
                }

                continue;
            }

            template = ReferenceEquals(template, OfObject) ? PodTemplates.Find(result.Root) : template;
            if (template is not null && operation.Value is { } value)
            {
                wholes.TemplateAnnotations |= JudgeTemplate(operation.Path, value, template);
            }
        }

        JudgeWholes(wholes, template, result, limits);
    }

    private static void JudgeIdentity(JsonPatchOperation operation, ReadOnlySpan<string> path, string @namespace, bool mayRename)
    {
        // Contract 13.5, 13.6: the API server fills in a uid and a namespace that are missing, but takes no other ones.
        var isRefused = path switch
        {
            [_, "namespace"] => operation.Value is { } value && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(@namespace)),
            [_, "uid"] => !mayRename && operation.Value is not null,
            [_, "name"] => !mayRename,
            [_, "resourceVersion"] => mayRename ? operation.Value is not null : operation.Op != "add",
            _ => false,
        };
        if (isRefused)
        {
            throw Refused(operation.Path, $"the {path[1]} of an object cannot be changed");
        }
    }

    private static void JudgeObject(JsonPatchOperation operation, string[] path, ref Wholes wholes)
    {
        if (operation.Value is not { } value)
        {
            return;
        }

        JudgeValue(operation.Path, path.AsSpan(1), value);
        switch (path.Length > 1 ? path[1] : "")
        {
            case "" or "annotations":
                wholes.Annotations = true;
                break;
            case "finalizers":
                wholes.Finalizers ??= operation.Path;
                break;
            case "ownerReferences":
                wholes.Owners ??= operation.Path;
                break;
        }
    }

    /// <summary>Judges what only the edited object as a whole tells, once and not for each operation.</summary>
    private static void JudgeWholes(Wholes wholes, string[]? template, PatchDocument result, PatchLimits limits)
    {
        if (wholes.Annotations)
        {
            MetadataLimits.ThrowIfExceeded(result, OfObject, limits);
        }

        if (wholes.Finalizers is { } finalizers)
        {
            JudgeList(finalizers, "finalizers", result.Root.Find("metadata")!);
        }

        if (wholes.Owners is { } owners)
        {
            JudgeList(owners, "ownerReferences", result.Root.Find("metadata")!);
        }

        if (wholes.TemplateAnnotations)
        {
            MetadataLimits.ThrowIfExceeded(result, template, limits);
        }
    }

    /// <summary>Judges a list as a whole, where one element excludes another.</summary>
    private static void JudgeList(string path, string member, PatchNode metadata)
    {
        if (member == "finalizers" && metadata.Find("deletionTimestamp") is { IsNull: false })
        {
            throw Refused(path, "an object that is being deleted gets no more finalizers");
        }

        using var list = Parse(metadata.Find(member)!.Write());
        JudgeValue(path, [member], list.RootElement);
    }

    /// <returns>True if the edit may have changed annotations of the template.</returns>
    private static bool JudgeTemplate(string pointer, JsonElement value, ReadOnlySpan<string> template)
    {
        var path = JsonPointer.TryParse(pointer).AsSpan();
        var common = Math.Min(path.Length, template.Length);
        if (!path[..common].SequenceEqual(template[..common]))
        {
            return false;
        }

        // An edit of something around the template has the template in its value.
        foreach (var name in template[common..])
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return false;
            }
        }

        // A template's other metadata has no meaning, and is not checked.
        var below = path[common..];
        if (below.IsEmpty && value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                JudgeMap(pointer, [member.Name], member.Value);
            }
        }

        JudgeMap(pointer, below, value);
        return below.IsEmpty || below[0] == "annotations";
    }

    private static void JudgeMap(string pointer, ReadOnlySpan<string> path, JsonElement value)
    {
        if (path is ["labels" or "annotations", ..])
        {
            JudgeValue(pointer, path, value);
        }
    }

    private static void JudgeValue(string pointer, ReadOnlySpan<string> path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null && MetadataMemberRules.Judge(path, value) is not null)
        {
            throw Refused(pointer, MetadataMemberRules.Describe(path.IsEmpty ? "" : path[0]));
        }
    }

    // As deep as the limits of a patch allow.
    private static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = int.MaxValue });

    private static PatchException Refused(string pointer, string rule) =>
        new($"the API server would refuse the user's request for the edit of \"{pointer}\", whatever failurePolicy says: {rule}");

    /// <summary>The parts of the object that were edited and must be judged as a whole; lists with the path of the first edit.</summary>
    private struct Wholes
    {
        public bool Annotations;
        public bool TemplateAnnotations;
        public string? Finalizers;
        public string? Owners;
    }
}
