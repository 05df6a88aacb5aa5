using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>Applies an author's edits by path to a document: makes missing parents, and refuses an edit that cannot apply, naming the path.</summary>
internal sealed class PatchEditor(PatchDocument document, PatchLimits limits)
{
    // For messages, which users read.
    private const int LongestPointer = 256;

    /// <exception cref="PatchException">The edit cannot apply.</exception>
    public void Apply(PatchEdit edit)
    {
        switch (edit.Verb)
        {
            case PatchVerb.Set or PatchVerb.SetIfAbsent:
                Set(edit);
                break;
            case PatchVerb.Remove or PatchVerb.RemoveIfPresent:
                Remove(edit);
                break;
            default:
                Append(edit);
                break;
        }
    }

    private void Set(PatchEdit edit)
    {
        var segments = edit.Path.Segments;
        if (segments.Count == 0)
        {
            throw Fail(edit, "the whole object cannot be replaced; edit context.Object");
        }

        var value = ReadValue(edit, segments.Count);
        var parent = Reach(edit, segments.Count - 1);
        var last = segments[^1];
        if (!parent.IsObject && !parent.IsArray)
        {
            throw Fail(edit, "its parent is a plain value");
        }

        if (parent.IsArray)
        {
            // Throws if the element does not exist; a null element is not absent.
            GetElement(edit, parent, last);
        }

        if (edit.Verb == PatchVerb.Set || (parent.IsObject && parent.Find(last.Name) is null or { IsNull: true }))
        {
            parent.Set(last.Name, value);
        }
    }

    private void Remove(PatchEdit edit)
    {
        var segments = edit.Path.Segments;
        if (segments.Count == 0)
        {
            throw Fail(edit, "the whole object cannot be removed");
        }

        PatchNode? parent = document.Root;
        for (var i = 0; i < segments.Count - 1 && parent is not null; i++)
        {
            parent = parent.Find(segments[i].Name);
        }

        if (parent?.Remove(segments[^1].Name) != true && edit.Verb == PatchVerb.Remove)
        {
            throw Fail(edit, "there is nothing to remove; use RemoveIfPresent where it may be absent");
        }
    }

    private void Append(PatchEdit edit)
    {
        var value = ReadValue(edit, edit.Path.Segments.Count + 1);
        var list = Reach(edit, edit.Path.Segments.Count, emptyList: true);
        if (!list.IsArray)
        {
            throw Fail(edit, "it is not a list");
        }

        if (edit.Verb == PatchVerb.AppendIfAbsent)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (IsSame(list[i], value, edit.Key))
                {
                    return;
                }
            }
        }

        list.Insert(list.Count, value);
    }

    /// <summary>
    /// Tells if an element is the one to be appended: by its key, if the list has one, because the API server fills in defaults between two calls of a
    /// mutator; else by its content.
    /// </summary>
    private bool IsSame(PatchNode element, PatchNode value, ElementKey? key)
    {
        if (key is null || !element.IsObject || value.Find(key.Name) is not { } wanted)
        {
            return element.ValueEquals(value.Write(), limits.MaxDepth);
        }

        return element.Find(key.Name)?.ValueEquals(wanted.Write(), limits.MaxDepth) == true
            && (key.Companion is null || GetCompanion(element) == GetCompanion(value));

        string? GetCompanion(PatchNode node) => node.Find(key.Companion)?.StringValue ?? key.CompanionDefault;
    }

    /// <summary>Goes the first <paramref name="depth"/> steps, and makes the values that are missing or null.</summary>
    private PatchNode Reach(PatchEdit edit, int depth, bool emptyList = false)
    {
        var (node, segments) = (document.Root, edit.Path.Segments);
        for (var i = 0; i < depth; i++)
        {
            var segment = segments[i];
            if (node.IsArray)
            {
                node = GetElement(edit, node, segment);
                continue;
            }

            if (!node.IsObject)
            {
                throw Fail(edit, $"there is nothing below a plain value at \"{segment.Name}\"");
            }

            var child = node.Find(segment.Name);
            if (child is null or { IsNull: true })
            {
                child = PatchNode.CreateEmpty(list: i + 1 == segments.Count ? emptyList : IsList(edit, segment, segments[i + 1]));
                node.Set(segment.Name, child);
            }

            node = child;
        }

        return node;
    }

    /// <summary>Tells from the step into a missing value if the value is a list.</summary>
    private static bool IsList(PatchEdit edit, FieldSegment missing, FieldSegment next) =>
        next.Kind == FieldSegmentKind.Index
        || (next.Kind == FieldSegmentKind.Unknown && JsonPointer.TryIndex(next.Name) >= 0
            ? throw Fail(edit, $"\"{missing.Name}\" is missing, and \"{next.Name}\" does not tell whether it is a list or a map; set it as a whole")
            : false);

    private static PatchNode GetElement(PatchEdit edit, PatchNode list, FieldSegment segment) =>
        list.Find(segment.Name) ?? throw Fail(edit, $"element \"{segment.Name}\" does not exist in a list of {list.Count}; use Append to add one");

    // Before any parent is made: a pointer of 64 KB, say from an annotation, would make 32,000 of them.
    private PatchNode ReadValue(PatchEdit edit, int depth)
    {
        JsonScan.Validate(edit.Value.Span, limits.MaxDepth);
        var value = PatchNode.FromValue(edit.Value);
        return depth + value.MeasureDepth() <= limits.MaxDepth
            ? value
            : throw Fail(edit, $"the object would be nested deeper than {limits.MaxDepth} (MaxObjectDepth)");
    }

    private static PatchException Fail(PatchEdit edit, string reason)
    {
        var pointer = edit.Path.ToPointer();
        return new($"context.Patch.{edit.Verb} on \"{(pointer.Length > LongestPointer ? pointer[..LongestPointer] + "…" : pointer)}\": {reason}");
    }
}
