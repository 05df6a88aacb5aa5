using System.Globalization;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Json;

/// <summary>JSON pointers (RFC 6901) into an object.</summary>
internal static class Pointer
{
    /// <exception cref="ArgumentException">The text is not a pointer to a member or element.</exception>
    public static string[] Parse(string pointer)
    {
        ArgumentNullException.ThrowIfNull(pointer);
        return pointer.StartsWith('/')
            ? [.. pointer[1..].Split('/').Select(Unescape)]
            : throw new ArgumentException($"\"{pointer}\" is not a JSON pointer: start with a slash, as in /spec/containers/0/image.", nameof(pointer));
    }

    /// <summary>Reads one segment: <c>~1</c> is a slash, <c>~0</c> a tilde.</summary>
    public static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    public static string Format(IEnumerable<string> segments) => string.Concat(segments.Select(segment =>
        "/" + segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    /// <summary>Finds the node at the end of the path; null without a node, or for a JSON null.</summary>
    public static JsonNode? Find(JsonNode? root, ReadOnlySpan<string> segments)
    {
        foreach (var segment in segments)
        {
            root = root switch
            {
                JsonObject members => members[segment],
                JsonArray items when Index(segment, items.Count) is { } index && index < items.Count => items[index],
                _ => null,
            };
        }

        return root;
    }

    /// <summary>Sets a member or element; <c>-</c> appends. False if the parent does not exist.</summary>
    public static bool TrySet(JsonNode root, string[] segments, JsonNode? value)
    {
        switch (Find(root, segments.AsSpan()[..^1]))
        {
            case JsonObject members:
                members[segments[^1]] = value;
                return true;
            case JsonArray items when segments[^1] == "-" || Index(segments[^1], items.Count) == items.Count:
                items.Add(value);
                return true;
            case JsonArray items when Index(segments[^1], items.Count) is { } index:
                items[index] = value;
                return true;
            default:
                return false;
        }
    }

    public static bool Remove(JsonNode root, string[] segments)
    {
        switch (Find(root, segments.AsSpan()[..^1]))
        {
            case JsonObject members:
                return members.Remove(segments[^1]);
            case JsonArray items when Index(segments[^1], items.Count) is { } index && index < items.Count:
                items.RemoveAt(index);
                return true;
            default:
                return false;
        }
    }

    private static int? Index(string segment, int count) =>
        int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= count ? index : null;
}
