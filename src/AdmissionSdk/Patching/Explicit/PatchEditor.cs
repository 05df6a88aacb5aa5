using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Fields;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Explicit;

/// <summary>Applies what an author said by path to a document: creates missing parents, and refuses what cannot apply, naming the path.</summary>
internal sealed class PatchEditor(PatchDocument document, PatchLimits limits)
{
    // For errors: users read them.
    private const int LongestPointer = 256;

    /// <exception cref="PatchException">It cannot apply.</exception>
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

        var value = JsonTree.Parse(edit.Value, limits.MaxDepth);
        Fit(edit, segments.Count, value);
        var parent = Reach(edit, segments.Count - 1);
        var last = segments[^1];
        if (parent.IsObject)
        {
            if (edit.Verb == PatchVerb.Set || parent.Find(last.Name) is null or { IsNull: true })
            {
                parent.Set(last.Name, PatchNode.Value(value, JsonTree.Root));
            }
        }
        else if (parent.IsArray)
        {
            var index = Index(edit, parent, last);
            if (edit.Verb == PatchVerb.Set)
            {
                parent.Set(index, PatchNode.Value(value, JsonTree.Root));
            }
        }
        else
        {
            throw Fail(edit, "its parent is a plain value");
        }
    }

    private void Remove(PatchEdit edit)
    {
        var segments = edit.Path.Segments;
        var parent = segments.Count == 0 ? throw Fail(edit, "the whole object cannot be removed") : Find(segments, segments.Count - 1);
        var last = segments[^1];
        var removed = false;
        if (parent is { IsObject: true })
        {
            removed = parent.Remove(last.Name);
        }
        else if (parent is { IsArray: true } && JsonPointer.TryIndex(last.Name) is >= 0 and var index && index < parent.Count)
        {
            parent.RemoveAt(index);
            removed = true;
        }

        if (!removed && edit.Verb == PatchVerb.Remove)
        {
            throw Fail(edit, "there is nothing to remove; use RemoveIfPresent where it may be absent");
        }
    }

    private void Append(PatchEdit edit)
    {
        var value = JsonTree.Parse(edit.Value, limits.MaxDepth);
        Fit(edit, edit.Path.Segments.Count + 1, value);
        var list = Reach(edit, edit.Path.Segments.Count, emptyList: true);
        if (!list.IsArray)
        {
            throw Fail(edit, "it is not a list");
        }

        if (edit.Verb == PatchVerb.AppendUnlessPresent)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (IsSame(list[i], value, edit.Key))
                {
                    return;
                }
            }
        }

        list.Insert(list.Count, PatchNode.Value(value, JsonTree.Root));
    }

    /// <summary>
    /// Whether an element is the one to be appended: by its key, where the list has one, because the API server fills in defaults between two calls of a
    /// mutator; else by all it holds.
    /// </summary>
    private bool IsSame(PatchNode element, JsonTree value, ElementKey? key)
    {
        if (key is null || !element.IsObject || value.Find(JsonTree.Root, key.Name) is not (>= 0 and var wanted))
        {
            return element.ValueEquals(value, JsonTree.Root, limits.MaxDepth);
        }

        return element.Find(key.Name)?.ValueEquals(value, wanted, limits.MaxDepth) == true
            && (key.Companion is null || Companion(element) == Companion(PatchNode.Value(value, JsonTree.Root)));

        string? Companion(PatchNode node) => node.Find(key.Companion)?.StringValue ?? key.CompanionDefault;
    }

    /// <summary>The value at the first <paramref name="depth"/> steps, made where it is missing or null.</summary>
    private PatchNode Reach(PatchEdit edit, int depth, bool emptyList = false)
    {
        var node = document.Root;
        for (var i = 0; i < depth; i++)
        {
            var segment = edit.Path.Segments[i];
            if (node.IsObject)
            {
                var child = node.Find(segment.Name);
                if (child is null or { IsNull: true })
                {
                    child = PatchNode.Empty(list: i + 1 == edit.Path.Segments.Count ? emptyList : IsList(edit, segment, edit.Path.Segments[i + 1]));
                    node.Set(segment.Name, child);
                }

                node = child;
            }
            else
            {
                node = node.IsArray ? node[Index(edit, node, segment)] : throw Fail(edit, $"there is nothing below a plain value at \"{segment.Name}\"");
            }
        }

        return node;
    }

    /// <summary>Whether what is missing is a list, from the step into it.</summary>
    private static bool IsList(PatchEdit edit, FieldSegment missing, FieldSegment next) =>
        next.Kind == FieldSegmentKind.Index
        || (next.Kind == FieldSegmentKind.Unknown && JsonPointer.TryIndex(next.Name) >= 0
            ? throw Fail(edit, $"\"{missing.Name}\" is missing, and \"{next.Name}\" does not tell whether it is a list or a map; set it as a whole")
            : false);

    private PatchNode? Find(IReadOnlyList<FieldSegment> segments, int depth)
    {
        PatchNode? node = document.Root;
        for (var i = 0; i < depth && node is not null; i++)
        {
            node = node.IsObject ? node.Find(segments[i].Name)
                : node.IsArray && JsonPointer.TryIndex(segments[i].Name) is >= 0 and var index && index < node.Count ? node[index]
                : null;
        }

        return node;
    }

    private static int Index(PatchEdit edit, PatchNode list, FieldSegment segment) =>
        JsonPointer.TryIndex(segment.Name) is >= 0 and var index && index < list.Count
            ? index
            : throw Fail(edit, $"there is no element \"{segment.Name}\" in a list of {list.Count}; use Append to add one");

    // Before any parent is made: a pointer of 64 KB, say from an annotation, would make 32,000 of them.
    private void Fit(PatchEdit edit, int depth, JsonTree value)
    {
        if (depth + value.Depth(JsonTree.Root) > limits.MaxDepth)
        {
            throw Fail(edit, $"the object would be nested deeper than {limits.MaxDepth} (MaxObjectDepth)");
        }
    }

    private static PatchException Fail(PatchEdit edit, string reason)
    {
        var pointer = edit.Path.ToPointer();
        return new($"context.Patch.{edit.Verb} on \"{(pointer.Length > LongestPointer ? pointer[..LongestPointer] + "…" : pointer)}\": {reason}");
    }
}
