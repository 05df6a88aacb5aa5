using System.Globalization;

namespace AdmissionSdk.Testing.Rules.Patching;

/// <summary>Reads and writes one key of an object or array, with the index rules of contract 12.5.</summary>
internal static class PatchContainer
{
    /// <summary>Gets the value. Returns the error's text, or null without an error. A missing member is not an error.</summary>
    public static string? TryGet(ApiServerPatchNode parent, string key, out ApiServerPatchNode? value)
    {
        value = null;
        if (parent.Members is { } members)
        {
            members.TryGetValue(key, out value);
            return null;
        }

        var items = parent.Items!;
        var error = Index(key, items.Count, out var index);
        if (error is null)
        {
            value = items[index];
        }

        return error;
    }

    public static bool CanGet(ApiServerPatchNode parent, string key) => TryGet(parent, key, out _) is null;

    public static ApiServerPatchNode? Get(ApiServerPatchNode parent, string key, string context) =>
        TryGet(parent, key, out var value) is { } error ? throw new PatchFailedException($"{context}: {error}") : value;

    public static void Set(ApiServerPatchNode parent, string key, ApiServerPatchNode? value)
    {
        if (parent.Members is { } members)
        {
            members[key] = value;
            return;
        }

        Index(key, parent.Items!.Count, out var index);
        parent.Items[index] = value;
    }

    public static void Add(ApiServerPatchNode parent, string key, ApiServerPatchNode? value, string context)
    {
        if (parent.Members is { } members)
        {
            members[key] = value;
            return;
        }

        var items = parent.Items!;
        if (key == "-")
        {
            items.Add(value);
            return;
        }

        if (!TryAtoi(key, out var index))
        {
            throw new PatchFailedException($"{context}: value was not a proper array index: '{key}': {AtoiError(key)}");
        }

        // The array is one longer when an element is added, so −1 appends.
        var length = items.Count + 1;
        if (index >= length || index < -length)
        {
            throw new PatchFailedException($"{context}: {OutOfRange(index)}");
        }

        items.Insert(index < 0 ? index + length : index, value);
    }

    public static void Remove(ApiServerPatchNode parent, string key, string context)
    {
        if (parent.Members is { } members)
        {
            if (!members.Remove(key))
            {
                throw new PatchFailedException($"{context}: Unable to remove nonexistent key: {key}: missing value");
            }

            return;
        }

        if (Index(key, parent.Items!.Count, out var index) is { } error)
        {
            throw new PatchFailedException($"{context}: {error}");
        }

        parent.Items.RemoveAt(index);
    }

    private static string? Index(string key, int count, out int index)
    {
        if (!TryAtoi(key, out index))
        {
            return AtoiError(key);
        }

        if (index >= count || index < -count)
        {
            return OutOfRange(index);
        }

        index = index < 0 ? index + count : index;
        return null;
    }

    private static bool TryAtoi(string key, out int index) =>
        int.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index);

    private static string AtoiError(string key) => $"strconv.Atoi: parsing \"{key}\": invalid syntax";

    private static string OutOfRange(int index) => $"Unable to access invalid index: {index}: invalid index referenced";
}
