using System.Runtime.InteropServices;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Apply;

/// <summary>A document while operations are applied to it.</summary>
internal sealed class PatchDocument(JsonTree document, PatchLimits limits)
{
    private PatchNode _root = PatchNode.Source(document);
    private int _copiedBytes;

    public PatchNode Root => _root;

    public Composer Compose()
    {
        var output = new Composer(document.Json.Length + 256);
        _root.Write(output);
        return output;
    }

    /// <exception cref="JsonPatchException">The operation does not apply.</exception>
    public void Apply(int index, JsonPatchOperation operation)
    {
        var place = new PatchPlace(index, operation.Path);
        switch (operation.Op)
        {
            case "add":
                Add(place, Value(operation));
                break;
            case "replace":
                Replace(place, Value(operation));
                break;
            case "remove":
                Remove(place);
                break;
            case "test":
                Test(place, Value(operation));
                break;
            case "copy":
                Copy(place, Get(new PatchPlace(index, operation.From!)));
                break;
            case "move":
                Move(place, new PatchPlace(index, operation.From!));
                break;
        }
    }

    private PatchNode Value(JsonPatchOperation operation)
    {
        var text = JsonMarshal.GetRawUtf8Value(operation.Value!.Value).ToArray();
        return PatchNode.Value(JsonTree.Parse(text, limits.MaxDepth), JsonTree.Root);
    }

    private void Add(PatchPlace place, PatchNode value)
    {
        Fit(place, value);
        if (place.IsRoot)
        {
            _root = value;
            return;
        }

        var parent = Parent(place);
        if (parent.IsObject)
        {
            parent.Set(place.Last, value);
        }
        else
        {
            parent.Insert(place.Last == "-" ? parent.Count : InsertionIndex(parent, place), value);
        }
    }

    private void Replace(PatchPlace place, PatchNode value)
    {
        Fit(place, value);
        if (place.IsRoot)
        {
            _root = value;
            return;
        }

        // Throws where there is nothing; so the index is one.
        Get(place);
        var parent = Parent(place);
        if (parent.IsObject)
        {
            parent.Set(place.Last, value);
        }
        else
        {
            parent.Set(JsonPointer.TryIndex(place.Last), value);
        }
    }

    private void Remove(PatchPlace place)
    {
        if (place.IsRoot)
        {
            throw place.Fail("the whole document cannot be removed");
        }

        Get(place);
        var parent = Parent(place);
        if (parent.IsObject)
        {
            parent.Remove(place.Last);
        }
        else
        {
            parent.RemoveAt(JsonPointer.TryIndex(place.Last));
        }
    }

    private void Test(PatchPlace place, PatchNode expected)
    {
        if (!JsonValueEquality.Equal(Written(Get(place)), Written(expected), limits.MaxDepth))
        {
            throw place.Fail("the value is not the one tested for");
        }
    }

    private void Move(PatchPlace place, PatchPlace from)
    {
        var value = Get(from);
        if (place.IsInside(from))
        {
            throw place.Fail($"a value cannot be moved into itself (from \"{from.Pointer}\")");
        }

        if (place.Pointer == from.Pointer)
        {
            return;
        }

        Remove(from);
        Add(place, value);
    }

    private PatchNode Get(PatchPlace place) => Walk(place, place.Segments.Length);

    private PatchNode Parent(PatchPlace place)
    {
        var parent = Walk(place, place.Segments.Length - 1);
        return parent.IsObject || parent.IsArray
            ? parent
            : throw place.Fail("its parent is neither an object nor an array");
    }

    private PatchNode Walk(PatchPlace place, int depth)
    {
        var node = _root;
        for (var i = 0; i < depth; i++)
        {
            var segment = place.Segments[i];
            if (node.IsObject)
            {
                node = node.Find(segment) ?? throw place.Fail($"there is no member \"{segment}\"");
            }
            else if (node.IsArray)
            {
                var index = JsonPointer.TryIndex(segment);
                node = index >= 0 && index < node.Count
                    ? node[index]
                    : throw place.Fail($"there is no element \"{segment}\" in a list of {node.Count}");
            }
            else
            {
                throw place.Fail($"there is nothing below a plain value at \"{segment}\"");
            }
        }

        return node;
    }

    private static int InsertionIndex(PatchNode array, PatchPlace place)
    {
        var index = JsonPointer.TryIndex(place.Last);
        return index >= 0 && index <= array.Count
            ? index
            : throw place.Fail($"\"{place.Last}\" is not an index into a list of {array.Count}");
    }

    // A few copies of a document into itself would nest it deeper than any stack.
    private void Fit(PatchPlace place, PatchNode value)
    {
        if (place.Segments.Length + value.Depth() > limits.MaxDepth)
        {
            throw place.Fail($"the document would be nested deeper than {limits.MaxDepth}");
        }
    }

    private void Copy(PatchPlace place, PatchNode original)
    {
        _copiedBytes += Written(original).Length;
        if (_copiedBytes > limits.MaxCopyBytes)
        {
            throw place.Fail($"the copies of this patch add more than {limits.MaxCopyBytes} bytes");
        }

        Add(place, original.Clone());
    }

    private static ReadOnlyMemory<byte> Written(PatchNode node)
    {
        var output = new Composer(256);
        node.Write(output);
        return output.Written;
    }
}
