namespace AdmissionSdk.Patching.Json;

/// <summary>JSON Pointers (RFC 6901).</summary>
internal static class JsonPointer
{
    public static string Escape(string segment) =>
        segment.AsSpan().ContainsAny('~', '/')
            ? segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : segment;

    /// <summary>The segments of a pointer; null when it is not one.</summary>
    public static string[]? TryParse(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        if (pointer[0] != '/')
        {
            return null;
        }

        var segments = pointer[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            if (Unescape(segments[i]) is not { } segment)
            {
                return null;
            }

            segments[i] = segment;
        }

        return segments;
    }

    /// <summary>An index into a list: digits without a sign or leading zero. -1 when it is none.</summary>
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

    private static string? Unescape(string segment)
    {
        for (var i = segment.IndexOf('~', StringComparison.Ordinal); i >= 0; i = segment.IndexOf('~', i + 1))
        {
            if (i + 1 == segment.Length || segment[i + 1] is not ('0' or '1'))
            {
                return null;
            }
        }

        return segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
