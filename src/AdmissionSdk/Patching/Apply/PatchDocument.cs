using System.Runtime.InteropServices;
using System.Text.Json;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;

namespace AdmissionSdk.Patching.Apply;

/// <summary>A document while operations are applied to it. Its text is known to be JSON.</summary>
internal sealed class PatchDocument(ReadOnlyMemory<byte> document, PatchLimits limits, JsonIndex? index = null)
{
    private JsonIndex? _index = index;
    private PatchNode? _root;
    private int _copiedBytes;

    /// <summary>The document's text.</summary>
    public ReadOnlyMemory<byte> Text => document;

    public PatchNode Root
    {
        get => _root ??= PatchNode.FromSource(document, Index);
        private set => _root = value;
    }

    /// <summary>The index of the document's text.</summary>
    public JsonIndex Index => _index ??= JsonIndex.Create(document.Span);

    /// <summary>Tells if nobody looked at the document.</summary>
    public bool IsUntouched => _root is null;

    public Composer Compose()
    {
        var output = new Composer(document.Length + 256);
        Root.Write(output);
        return output;
    }

    /// <exception cref="JsonPatchException">The operation does not apply.</exception>
    public void Apply(int index, JsonPatchOperation operation)
    {
        var place = new PatchPlace(index, operation.Path);
        switch (operation.Op)
        {
            case "add":
                Add(place, ReadValue(operation));
                break;
            case "replace":
                Replace(place, ReadValue(operation));
                break;
            case "remove":
                Remove(place);
                break;
            case "test":
                Test(place, ReadValue(operation));
                break;
            case "copy":
                Copy(place, Get(new PatchPlace(index, operation.From!)));
                break;
            case "move":
                Move(place, new PatchPlace(index, operation.From!));
                break;
        }
    }

    private static PatchNode ReadValue(JsonPatchOperation operation) =>
        PatchNode.FromValue(JsonMarshal.GetRawUtf8Value(operation.Value!.Value).ToArray());

    private void Add(PatchPlace place, PatchNode value)
    {
        Fit(place, value);
        if (place.IsRoot)
        {
            Root = value;
            return;
        }

        var parent = GetParent(place);
        if (parent.IsObject)
        {
            parent.Set(place.Last, value);
            return;
        }

        var index = place.Last == "-" ? parent.Count : JsonPointer.TryIndex(place.Last);
        if (index < 0 || index > parent.Count)
        {
            throw place.Fail($"\"{place.Last}\" is not an index into a list of {parent.Count}");
        }

        parent.Insert(index, value);
    }

    private void Replace(PatchPlace place, PatchNode value)
    {
        Fit(place, value);
        if (place.IsRoot)
        {
            Root = value;
            return;
        }

        // Throws if there is nothing to replace.
        Get(place);
        GetParent(place).Set(place.Last, value);
    }

    private void Remove(PatchPlace place)
    {
        if (place.IsRoot)
        {
            throw place.Fail("the whole document cannot be removed");
        }

        Get(place);
        GetParent(place).Remove(place.Last);
    }

    /// <summary>Compares numbers by value, so that 1 equals 1.0, as RFC 6902 says.</summary>
    private void Test(PatchPlace place, PatchNode expected)
    {
        var options = new JsonDocumentOptions { MaxDepth = limits.MaxDepth };
        using var found = JsonDocument.Parse(Get(place).Write(), options);
        using var wanted = JsonDocument.Parse(expected.Write(), options);
        if (!JsonElement.DeepEquals(found.RootElement, wanted.RootElement))
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

    private void Copy(PatchPlace place, PatchNode original)
    {
        _copiedBytes += original.Write().Length;
        if (_copiedBytes > limits.MaxCopyBytes)
        {
            throw place.Fail($"the copies of this patch add more than {limits.MaxCopyBytes} bytes");
        }

        Add(place, original.Clone());
    }

    private PatchNode Get(PatchPlace place) => Walk(place, place.Segments.Length);

    private PatchNode GetParent(PatchPlace place)
    {
        var parent = Walk(place, place.Segments.Length - 1);
        return parent.IsObject || parent.IsArray
            ? parent
            : throw place.Fail("its parent is neither an object nor an array");
    }

    private PatchNode Walk(PatchPlace place, int depth)
    {
        var node = Root;
        foreach (var segment in place.Segments.AsSpan(0, depth))
        {
            node = node.Find(segment) ?? throw place.Fail(
                node.IsObject ? $"member \"{segment}\" does not exist"
                : node.IsArray ? $"element \"{segment}\" does not exist in a list of {node.Count}"
                : $"there is nothing below a plain value at \"{segment}\"");
        }

        return node;
    }

    // A few copies of a document into itself would nest it deeper than any stack.
    private void Fit(PatchPlace place, PatchNode value)
    {
        if (place.Segments.Length + value.MeasureDepth() > limits.MaxDepth)
        {
            throw place.Fail($"the document would be nested deeper than {limits.MaxDepth}");
        }
    }
}
