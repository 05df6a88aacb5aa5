using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Memory;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Direct;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Metadata;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Patching;

/// <summary>The object of one mutating review, as handler after handler edits it. The raw JSON is the object; the typed model is a window on it.</summary>
/// <remarks>
/// Two engines take over edits, with the same results: <see cref="DirectEdit"/> changes a document in the places that an exact view says, and
/// <see cref="EditReplay"/> compares whole texts. docs/decisions/0011-two-patch-engines.md says why that is safe.
/// </remarks>
internal sealed partial class PatchSession
{
    private readonly ReadOnlyMemory<byte> _raw;
    private readonly PatchLimits _limits;
    private readonly JsonIndex? _rawIndex;
    private (JsonPatch Patch, PatchDocument Result)? _finished;

    // The object as the last replay left it, and where its values came from; null until there was a replay.
    private ReadOnlyMemory<byte> _base;
    private Alignment? _alignment;

    // The base with the edits since then.
    private PatchDocument? _document;
    private ReadOnlyMemory<byte>? _current;

    /// <param name="raw">The object as received, which is known to be JSON.</param>
    /// <param name="limits">The most that the patch may cost.</param>
    /// <param name="index">The outline of the object, if there is one.</param>
    public PatchSession(ReadOnlyMemory<byte> raw, PatchLimits limits, JsonIndex? index = null) => (_raw, _base, _limits, _rawIndex) = (raw, raw, limits, index);

    /// <summary>The object as edited so far.</summary>
    public ReadOnlyMemory<byte> Current => _current ??= _document is null or { IsUntouched: true } ? _base : _document.Compose().Written;

    /// <summary>Leaves everything to the engine that compares texts, so that the two can be compared.</summary>
    internal bool ComparesTexts { get; init; }

    /// <summary>The number of edits in place that <see cref="DirectEdit"/> took over.</summary>
    internal int DirectEdits { get; private set; }

    private PatchDocument Document => _document ??= new PatchDocument(_base, _limits, _alignment is null ? _rawIndex : null);

    /// <summary>Opens a view of the current object. Throws whatever its converters throw.</summary>
    public ObjectView<T> Open<T>(JsonTypeInfo<T> typeInfo)
        where T : class => ObjectView<T>.Open(Current, typeInfo, _rawIndex is not null && Current.Equals(_raw) ? _rawIndex : null);

    /// <summary>Takes over the edits in place, then the edits by path, in that order.</summary>
    /// <exception cref="PatchException">The edit cannot be sent as a patch.</exception>
    public void Commit<T>(ObjectView<T> view, T edited, PatchBuilder<T>? explicitEdits)
        where T : class
    {
        try
        {
            ObjectIdentity.Keep(edited, Document);
            if (!TryCommitDirectly(view, edited))
            {
                CommitByReplay(view, edited);
            }

            if (explicitEdits is { Count: > 0 })
            {
                explicitEdits.ApplyTo(Document, _limits);
                _current = null;
            }
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw TooDeepForStack(exception);
        }
    }

    /// <summary>Makes the patch from the object as received to the object as edited; it is applied and compared before it is given out.</summary>
    /// <exception cref="PatchException">The patch is too large, changes apiVersion or kind, or (a fault of this library) does not give the edited object.</exception>
    public PatchResult Finish()
    {
        if (_document is not null || _alignment is not null)
        {
            ReviewMemoryException.ThrowIfOver(_rawIndex?.Memory, DecodingCost.OfPatch(_raw.Span));
        }

        try
        {
            return _alignment is null ? FinishDocument() : FinishReplay();
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw TooDeepForStack(exception);
        }
    }

    /// <summary>Refuses a finished patch of <c>metadata</c> that would cost the user the write, whatever failurePolicy says.</summary>
    /// <param name="namespace">The namespace of the request.</param>
    /// <param name="mayRename">True if the object does not exist yet.</param>
    /// <exception cref="PatchException">The API server would refuse the edited object.</exception>
    public void ThrowIfRefused(string @namespace, bool mayRename)
    {
        if (_finished is var (patch, result))
        {
            MetadataGuard.ThrowIfRefused(patch, result, @namespace, mayRename, _limits);
        }
    }

    private bool TryCommitDirectly<T>(ObjectView<T> view, T edited)
        where T : class
    {
        if (view.Snapshot is null || ComparesTexts || DirectEdit.TryApply(view.Snapshot, view.Plan, edited, Document, _limits) is not { } changes)
        {
            return false;
        }

        if (changes > 0)
        {
            _current = null;
            DirectEdits++;
        }

        return true;
    }

    private void CommitByReplay<T>(ObjectView<T> view, T edited)
        where T : class
    {
        var after = WriteEdited(edited, view.TypeInfo);
        if (after.AsSpan().SequenceEqual(view.Before))
        {
            return;
        }

        ReviewMemoryException.ThrowIfOver(_rawIndex?.Memory, DecodingCost.OfReplay(_base.Span));
        Flush();
        var (current, target) = (Parse(_base), Parse(after));
        Advance(Replay(view, edited, current, target));
    }

    private Composer Replay<T>(ObjectView<T> view, T edited, JsonTree current, JsonTree target)
        where T : class
    {
        var snapshot = new ViewSnapshot(Parse(view.Before), view.Graph);
        var editedSnapshot = new ViewSnapshot(target, ObjectGraph.Walk(edited, view.TypeInfo, view.Graph.Count + 8));
        var composed = EditReplay.Run(current, snapshot, editedSnapshot, trustModel: true);
        if (edited is JsonNode || FindDifference(composed, view.TypeInfo, target) is null)
        {
            return composed;
        }

        composed = EditReplay.Run(current, snapshot, editedSnapshot, trustModel: false);
        return FindDifference(composed, view.TypeInfo, target) is not { } difference ? composed : throw new PatchException(
            $"\"{difference}\" of the edited object does not read back as it was left: {typeof(T).Name} changes, sorts or drops what it reads; edit it by context.Patch");
    }

    /// <summary>Finds the first place in which the view of the composed document is not the view that the author left behind; null if there is none.</summary>
    /// <remarks>A setter or a set of the model's own can make a list of the view differ from the document's in ways that nothing else shows.</remarks>
    private string? FindDifference<T>(Composer composed, JsonTypeInfo<T> typeInfo, JsonTree after)
    {
        // A document that is too deep for the model is too deep, and has a message of its own.
        Parse(composed.Written);
        byte[] again;
        try
        {
            again = Write(JsonSerializer.Deserialize(composed.Written.Span, typeInfo)!, typeInfo);
        }
        catch (Exception exception) when (exception is not (InsufficientExecutionStackException or OutOfMemoryException))
        {
            throw new PatchException($"the edited object cannot be read back: {exception.GetType().Name}", exception);
        }

        if (again.AsSpan().SequenceEqual(after.Json.Span))
        {
            return null;
        }

        var view = Parse(again);
        return JsonEquality.DeepEquals(view, JsonTree.Root, after, JsonTree.Root)
            ? null
            : JsonPatch.Parse(JsonDiff.Create(view, after, new Alignment(), _limits).Json, _limits).Operations[0].Path;
    }

    private PatchResult FinishDocument()
    {
        if (_document is null)
        {
            return default;
        }

        if (ComparesTexts || DocumentDiff.TryCreate(_document, _limits) is not { } patch)
        {
            Flush();
            return FinishReplay();
        }

        if (patch.OperationCount > 0)
        {
            ObjectIdentity.Check(_document.Root);
            _finished = Check(new PatchDocument(_raw, _limits, _document.Index), _document, patch, _limits);
        }

        return patch;
    }

    private PatchResult FinishReplay()
    {
        Flush();
        var (source, target) = (Parse(_raw), Parse(_base));
        ObjectIdentity.Check(source, target);
        var patch = JsonDiff.Create(source, target, _alignment!, _limits);
        _finished = Check(new PatchDocument(_raw, _limits), new PatchDocument(_base, _limits), patch, _limits);
        return patch;
    }

    /// <summary>Makes the edits since the last replay part of the base.</summary>
    private void Flush()
    {
        if (_document is { IsUntouched: false })
        {
            Advance(_document.Compose());
        }
    }

    private void Advance(Composer composed)
    {
        _alignment = composed.Alignment.ChainTo(_alignment);
        _base = composed.Written;
        (_document, _current) = (null, null);
    }

    private JsonTree Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonTree.Parse(json, _limits.MaxDepth);
        }
        catch (JsonException exception)
        {
            throw new PatchException(
                IsJson(json) ? $"the edited object is nested deeper than {_limits.MaxDepth} (MaxObjectDepth)" : "a converter wrote the edited object as something else than JSON",
                exception);
        }
    }

    private static bool IsJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            JsonTree.Parse(json, int.MaxValue);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // MaxObjectDepth allows more than a small stack (musl's are) may hold.
    private static PatchException TooDeepForStack(InsufficientExecutionStackException exception) =>
        new("the edited object is nested too deep for the stack of this process; lower MaxObjectDepth", exception);

    private static byte[] WriteEdited<T>(T edited, JsonTypeInfo<T> typeInfo)
    {
        try
        {
            return Write(edited, typeInfo);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new PatchException($"the edited object cannot be written: {exception.GetType().Name}", exception);
        }
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> typeInfo) => JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
}
