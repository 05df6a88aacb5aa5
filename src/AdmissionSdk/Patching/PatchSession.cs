using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Apply;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Patching;

/// <summary>The object of one mutating review, as handler after handler edits it. The raw JSON is the object; the typed model is a window on it.</summary>
internal sealed class PatchSession(ReadOnlyMemory<byte> raw, PatchLimits limits)
{
    // A guess, for the size of lists.
    private const int BytesPerNode = 48;

    private Alignment? _alignment;

    // The trees of the object as received and as it is, parsed on demand.
    private JsonTree? _rawTree;
    private JsonTree? _currentTree;

    /// <summary>The object as edited so far.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; } = raw;

    /// <summary>Opens a view of the current object. Throws whatever its converters throw.</summary>
    public ObjectView<T> Open<T>(JsonTypeInfo<T> typeInfo)
        where T : class
    {
        var value = JsonSerializer.Deserialize(Current.Span, typeInfo)
            ?? throw new JsonException($"The document is null; expected {typeof(T).Name}.");
        var before = Write(value, typeInfo);
        return new ObjectView<T>(value, typeInfo, before, ObjectGraph.Walk(value, typeInfo, before.Length / BytesPerNode));
    }

    /// <summary>Takes over the edits in place, then the edits by path, in that order.</summary>
    /// <exception cref="PatchException">The edit cannot be sent as a patch.</exception>
    public void Commit<T>(ObjectView<T> view, T edited, PatchBuilder<T>? explicitEdits)
        where T : class => RunWithinStack(() =>
        {
            ObjectIdentity.Keep(edited, GetCurrentTree());
            var after = WriteEdited(edited, view.TypeInfo);
            if (!after.AsSpan().SequenceEqual(view.Before))
            {
                Advance(Replay(view, edited, after));
            }

            if (explicitEdits is { Count: > 0 })
            {
                var document = new PatchDocument(GetCurrentTree(), limits);
                explicitEdits.ApplyTo(document, limits);
                Advance(document.Compose());
            }

            return 0;
        });

    /// <summary>Makes the patch from the object as received to the object as edited; it is applied and compared before it is given out.</summary>
    /// <exception cref="PatchException">The patch is too large, changes apiVersion or kind, or (a fault of this library) does not give the edited object.</exception>
    public PatchResult Finish() => _alignment is null ? default : RunWithinStack(() =>
    {
        var (source, target) = (_rawTree!, GetCurrentTree());
        ObjectIdentity.Check(source, target);
        var patch = JsonDiff.Create(source, target, _alignment, limits);
        Check(source, target, patch, limits);
        return patch;
    });

    /// <summary>Applies a patch to the source and compares: a patch that does not apply breaks the user's write even under Ignore (contract 11).</summary>
    /// <exception cref="PatchException">The patch does not give the target.</exception>
    internal static void Check(JsonTree source, JsonTree target, PatchResult patch, PatchLimits limits)
    {
        if (patch.OperationCount == 0)
        {
            return;
        }

        ReadOnlyMemory<byte> patched;
        try
        {
            patched = JsonPatch.Parse(patch.Json, limits).Apply(source, limits).Written;
        }
        catch (JsonPatchException exception)
        {
            throw new PatchException($"the patch does not apply to the object it was made for ({exception.Message}); this is a fault of AdmissionSdk", exception)
            {
                IsDefect = true,
            };
        }

        if (!patched.Span.SequenceEqual(target.Json.Span)
            && !JsonEquality.DeepEquals(JsonTree.Parse(patched, limits.MaxDepth), JsonTree.Root, target, JsonTree.Root))
        {
            throw new PatchException("the patch does not give the edited object; this is a fault of AdmissionSdk") { IsDefect = true };
        }
    }

    private Composer Replay<T>(ObjectView<T> view, T edited, byte[] after)
        where T : class
    {
        var (raw, target) = (GetCurrentTree(), Parse(after));
        var snapshot = new ViewSnapshot(Parse(view.Before), view.Graph);
        var editedSnapshot = new ViewSnapshot(target, ObjectGraph.Walk(edited, view.TypeInfo, view.Graph.Count + 8));
        var composed = EditReplay.Run(raw, snapshot, editedSnapshot, trustModel: true);
        if (edited is JsonNode || FindDifference(composed, view.TypeInfo, target) is null)
        {
            return composed;
        }

        composed = EditReplay.Run(raw, snapshot, editedSnapshot, trustModel: false);
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
        catch (Exception exception) when (exception is not InsufficientExecutionStackException)
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
            : JsonPatch.Parse(JsonDiff.Create(view, after, new Alignment(), limits).Json, limits).Operations[0].Path;
    }

    private void Advance(Composer composed)
    {
        _alignment = composed.Alignment.ChainTo(_alignment);
        Current = composed.Written;
        _currentTree = null;
    }

    private JsonTree GetCurrentTree()
    {
        _currentTree ??= Parse(Current);
        _rawTree ??= _currentTree;
        return _currentTree;
    }

    private JsonTree Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonTree.Parse(json, limits.MaxDepth);
        }
        catch (JsonException exception)
        {
            throw new PatchException(
                IsJson(json) ? $"the edited object is nested deeper than {limits.MaxDepth} (MaxObjectDepth)" : "a converter wrote the edited object as something else than JSON",
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
    private static TResult RunWithinStack<TResult>(Func<TResult> work)
    {
        try
        {
            return work();
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new PatchException("the edited object is nested too deep for the stack of this process; lower MaxObjectDepth", exception);
        }
    }

    private static byte[] WriteEdited<T>(T edited, JsonTypeInfo<T> typeInfo)
    {
        try
        {
            return Write(edited, typeInfo);
        }
        catch (Exception exception)
        {
            throw new PatchException($"the edited object cannot be written: {exception.GetType().Name}", exception);
        }
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> typeInfo) => JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
}
