using System.Globalization;
using System.Text;

namespace AdmissionSdk.Patching.Json;

/// <summary>A place in a document (RFC 6901), built from the root down and spelled only when it is written.</summary>
internal sealed class JsonPointer
{
    private readonly JsonPointer? _parent;
    private readonly string _segment;

    private JsonPointer(JsonPointer? parent, string segment)
    {
        _parent = parent;
        _segment = segment;
    }

    public static JsonPointer Root { get; } = new(parent: null, "");

    public static string Escape(string segment) =>
        segment.AsSpan().ContainsAny('~', '/')
            ? segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : segment;

    public static string Unescape(string segment) => segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    /// <summary>The segments of a pointer; null if the text is not a pointer.</summary>
    public static string[]? TryParse(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        var segments = pointer.Split('/');
        return segments[0].Length == 0 && Array.TrueForAll(segments, IsEscaped) ? Array.ConvertAll(segments[1..], Unescape) : null;
    }

    /// <summary>An index into a list: digits without a sign or leading zero; -1 if the segment is not an index.</summary>
    public static int TryIndex(string segment)
    {
        if (segment.Length is 0 or > 9 || (segment.Length > 1 && segment[0] == '0'))
        {
            return -1;
        }

        var index = 0;
        foreach (var c in segment)
        {
            if (!char.IsAsciiDigit(c))
            {
                return -1;
            }

            index = (index * 10) + (c - '0');
        }

        return index;
    }

    public JsonPointer Append(string name) => new(this, name);

    public JsonPointer Append(int index) => new(this, index.ToString(CultureInfo.InvariantCulture));

    public override string ToString()
    {
        var segments = new Stack<string>();
        for (var place = this; place._parent is not null; place = place._parent)
        {
            segments.Push(place._segment);
        }

        var text = new StringBuilder();
        foreach (var segment in segments)
        {
            text.Append('/').Append(Escape(segment));
        }

        return text.ToString();
    }

    private static bool IsEscaped(string segment)
    {
        for (var i = segment.IndexOf('~', StringComparison.Ordinal); i >= 0; i = segment.IndexOf('~', i + 1))
        {
            if (i + 1 == segment.Length || segment[i + 1] is not ('0' or '1'))
            {
                return false;
            }
        }

        return true;
    }
}
