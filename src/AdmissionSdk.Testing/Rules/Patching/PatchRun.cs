using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>Applies a patch to one document (contract 12.2–12.8).</summary>
internal sealed class PatchRun(ApiServerPatchNode document, long copyLimit)
{
    private long _copied;

    public ApiServerPatchNode Document { get; private set; } = document;

    public void Apply(PatchOperation operation)
    {
        switch (operation.Kind)
        {
            case "add": Add(operation); break;
            case "remove": Remove(operation); break;
            case "replace": Replace(operation); break;
            case "move": Move(operation); break;
            case "test": Test(operation); break;
            case "copy": Copy(operation); break;
            default: throw new PatchFailedException($"Unexpected kind: {operation.Kind}");
        }
    }

    private void Add(PatchOperation operation)
    {
        var path = operation.Path ?? throw Missing("add operation failed to decode path");
        var (parent, key) = Find(path) ?? throw Missing($"add operation does not apply: doc is missing path: \"{path}\"");
        PatchContainer.Add(parent, key, operation.Value(), $"error in add for path: '{path}'");
    }

    private void Remove(PatchOperation operation)
    {
        var path = operation.Path ?? throw Missing("remove operation failed to decode path");
        var (parent, key) = Find(path) ?? throw Missing($"remove operation does not apply: doc is missing path: \"{path}\"");
        PatchContainer.Remove(parent, key, $"error in remove for path: '{path}'");
    }

    private void Replace(PatchOperation operation)
    {
        var path = operation.ReadPath("replace operation failed to decode path");
        if (path.Length == 0)
        {
            // The library formats a missing error. Without a value the library panics, which ends the request with 500 too.
            Document = operation.Value() is { IsContainer: true } value ? value : throw new PatchFailedException("replace operation value must be object or array: %!w(<nil>)");
            return;
        }

        var (parent, key) = Find(path) ?? throw Missing($"replace operation does not apply: doc is missing path: {path}");
        if (!PatchContainer.CanGet(parent, key))
        {
            throw Missing($"replace operation does not apply: doc is missing key: {path}");
        }

        PatchContainer.Set(parent, key, operation.Value());
    }

    private void Move(PatchOperation operation)
    {
        var from = operation.ReadFrom("move operation failed to decode from");
        var (parent, key) = Find(from) ?? throw Missing($"move operation does not apply: doc is missing from path: {from}");
        var value = PatchContainer.Get(parent, key, $"error in move for path: '{key}'");
        PatchContainer.Remove(parent, key, $"error in move for path: '{key}'");
        var path = operation.ReadPath("move operation failed to decode path");
        var (target, targetKey) = Find(path) ?? throw Missing($"move operation does not apply: doc is missing destination path: {path}");
        PatchContainer.Add(target, targetKey, value, $"error in move for path: '{path}'");
    }

    private void Copy(PatchOperation operation)
    {
        var from = operation.ReadFrom("copy operation failed to decode from");
        var (parent, key) = Find(from) ?? throw Missing($"copy operation does not apply: doc is missing from path: {from}");
        var value = PatchContainer.Get(parent, key, $"error in copy for from: '{from}'");
        var path = operation.Path ?? throw Missing("copy operation failed to decode path");
        var (target, targetKey) = Find(path) ?? throw Missing($"copy operation does not apply: doc is missing destination path: {path}");
        var (copy, bytes) = ApiServerPatchNode.DeepCopy(value);
        _copied += bytes;
        if (copyLimit > 0 && _copied > copyLimit)
        {
            throw new PatchFailedException($"Unable to complete the copy, the accumulated size increase of copy is {_copied}, exceeding the limit {copyLimit}");
        }

        PatchContainer.Add(target, targetKey, copy, "error while adding value during copy");
    }

    private void Test(PatchOperation operation)
    {
        var path = operation.ReadPath("test operation failed to decode path");
        var expected = operation.Value();
        var actual = Document;
        if (path.Length > 0)
        {
            var (parent, key) = Find(path) ?? throw Missing($"test operation does not apply: is missing path: {path}");
            actual = PatchContainer.Get(parent, key, $"error in test for path: '{path}'");
        }

        // An absent member, a null and a missing value are all the same to test (contract 12.6).
        var equal = actual is null ? expected is null or { IsExplicitNull: true } : ApiServerPatchNode.AreEqual(actual, expected);
        if (!equal)
        {
            throw new PatchFailedException($"testing value {path} failed: test failed");
        }
    }

    /// <summary>Finds the container that holds the last segment. A text before the first slash is ignored (contract 12.8).</summary>
    private (ApiServerPatchNode Parent, string Key)? Find(string path)
    {
        var segments = path.Split('/');
        if (segments.Length < 2)
        {
            return null;
        }

        var current = Document;
        foreach (var segment in segments.AsSpan(1, segments.Length - 2))
        {
            if (PatchContainer.TryGet(current, Pointer.Unescape(segment), out var next) is not null || next is not { IsContainer: true })
            {
                return null;
            }

            current = next;
        }

        return (current, Pointer.Unescape(segments[^1]));
    }

    private static PatchFailedException Missing(string text) => new($"{text}: missing value");
}
