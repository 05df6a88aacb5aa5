using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Patching;

/// <summary>
/// The step "Patching": the object of one mutating review, as handler after handler edits it. The raw JSON is the object; the typed model is a window on it.
/// </summary>
internal sealed class PatchSession
{
    // A guess, for the size of lists.
    private const int BytesPerNode = 48;

    private readonly PatchLimits _limits;
    private Alignment? _alignment;

    // The trees of the object as received and as it is, once someone asked.
    private JsonTree? _rawTree;
    private JsonTree? _currentTree;

    public PatchSession(ReadOnlyMemory<byte> raw, PatchLimits limits)
    {
        _limits = limits;
        Current = raw;
    }

    /// <summary>The object as edited so far.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Opens a view of the current object. Throws whatever its converters throw.</summary>
    public ObjectView<T> Open<T>(JsonTypeInfo<T> typeInfo)
        where T : class
    {
        var value = JsonSerializer.Deserialize(Current.Span, typeInfo)
            ?? throw new JsonException($"The document is null; expected {typeof(T).Name}.");
        var before = Write(value, typeInfo);
        return new ObjectView<T>(value, typeInfo, before, ObjectGraph.Walk(value, typeInfo, before.Length / BytesPerNode));
    }

    /// <summary>Takes over what was edited in place, then what was said by path, in that order.</summary>
    /// <exception cref="PatchException">The edit cannot be sent as a patch.</exception>
    public void Commit<T>(ObjectView<T> view, T edited, PatchBuilder<T>? explicitEdits)
        where T : class
    {
        byte[] after;
        try
        {
            after = Write(edited, view.TypeInfo);
        }
        catch (Exception exception)
        {
            throw new PatchException($"the edited object cannot be written: {exception.GetType().Name}", exception);
        }

        if (!after.AsSpan().SequenceEqual(view.Before))
        {
            Advance(EditReplay.Run(
                CurrentTree(), Parse(view.Before), view.Graph, Parse(after), ObjectGraph.Walk(edited, view.TypeInfo, view.Graph.Count + 8)));
        }

        if (explicitEdits is { Count: > 0 })
        {
            var document = new PatchDocument(CurrentTree(), _limits);
            explicitEdits.ApplyTo(document, _limits);
            Advance(document.Compose());
        }
    }

    /// <summary>The patch from the object as received to the object as edited, applied and compared before it is given out.</summary>
    /// <exception cref="PatchException">The patch is too large, or does not give the edited object, which is a fault of this library.</exception>
    public PatchResult Finish()
    {
        if (_alignment is null)
        {
            return default;
        }

        var source = _rawTree!;
        var target = CurrentTree();
        var patch = JsonDiff.Create(source, target, _alignment, _limits);
        Check(source, target, patch);
        return patch;
    }

    // A patch that does not apply breaks the user's write even under Ignore (contract 11), so none leaves here untried.
    private void Check(JsonTree source, JsonTree target, PatchResult patch)
    {
        if (patch.OperationCount == 0)
        {
            return;
        }

        ReadOnlyMemory<byte> patched;
        try
        {
            patched = JsonPatch.Parse(patch.Json, _limits).Apply(source, _limits).Written;
        }
        catch (JsonPatchException exception)
        {
            throw new PatchException($"the patch does not apply to the object it was made for ({exception.Message}); this is a fault of AdmissionSdk", exception);
        }

        if (!patched.Span.SequenceEqual(Current.Span) && !JsonEquality.DeepEquals(Parse(patched), JsonTree.Root, target, JsonTree.Root))
        {
            throw new PatchException("the patch does not give the edited object; this is a fault of AdmissionSdk");
        }
    }

    private void Advance(Composer composed)
    {
        _alignment = composed.Alignment.Over(_alignment);
        Current = composed.Written;
        _currentTree = null;
    }

    private JsonTree CurrentTree()
    {
        _currentTree ??= Parse(Current);
        _rawTree ??= _currentTree;
        return _currentTree;
    }

    private JsonTree Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonTree.Parse(json, _limits.MaxDepth);
        }
        catch (JsonException exception)
        {
            throw new PatchException($"the edited object is nested deeper than {_limits.MaxDepth}", exception);
        }
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> typeInfo) => JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
}
