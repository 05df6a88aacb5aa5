using System.Buffers;
using System.Text.Json;

namespace AdmissionSdk.Patching.Json;

/// <summary>
/// Steps over values of text that is known to be JSON, without reading the values: brackets and quotes tell where a value ends, and are found many bytes at a time.
/// </summary>
internal static class JsonScan
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> AfterPlainValue = SearchValues.Create(",]} \t\r\n"u8);

    /// <summary>Checks that a text is JSON, and nested at most so deep.</summary>
    /// <exception cref="JsonException">The text is not JSON, or nested deeper than <paramref name="maxDepth"/>.</exception>
    public static void Validate(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        while (reader.Read())
        {
        }
    }

    /// <summary>Finds the end of the value that starts at <paramref name="start"/>.</summary>
    public static int FindEnd(ReadOnlySpan<byte> json, int start) => json[start] switch
    {
        (byte)'"' => FindStringEnd(json, start),
        (byte)'{' or (byte)'[' => FindContainerEnd(json, start),
        _ => json[start..].IndexOfAny(AfterPlainValue) is >= 0 and var length ? start + length : json.Length,
    };

    /// <summary>Finds the first byte from <paramref name="at"/> on that is not white space.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        return at;
    }

    /// <summary>Counts the levels of a value: 0 for a plain one, 1 for an empty object or list.</summary>
    public static int MeasureDepth(ReadOnlySpan<byte> json)
    {
        var (depth, deepest, at) = (0, 0, 0);
        while (FindStructure(json, at) is >= 0 and var found)
        {
            at = found;
            switch (json[at])
            {
                case (byte)'"':
                    at = FindStringEnd(json, at);
                    continue;
                case (byte)'{' or (byte)'[':
                    deepest = Math.Max(deepest, ++depth);
                    break;
                default:
                    depth--;
                    break;
            }

            at++;
        }

        return deepest;
    }

    /// <summary>Finds the next bracket or quote; negative if there is none.</summary>
    public static int FindStructure(ReadOnlySpan<byte> json, int at)
    {
        // Mostly near: text is looked at one by one before many at a time.
        var near = Math.Min(json.Length, at + 8);
        for (; at < near; at++)
        {
            if (json[at] is (byte)'"' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']')
            {
                return at;
            }
        }

        return json[at..].IndexOfAny(Structure) is >= 0 and var distance ? at + distance : -1;
    }

    /// <summary>Finds the end of the string that starts, with its quote, at <paramref name="start"/>.</summary>
    public static int FindStringEnd(ReadOnlySpan<byte> json, int start)
    {
        var at = start + 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"')
            {
                return at + 1;
            }

            // The escaped character may be a quote.
            at += 2;
        }
    }

    private static int FindContainerEnd(ReadOnlySpan<byte> json, int start)
    {
        var (depth, at) = (0, start);
        while (true)
        {
            at = FindStructure(json, at);
            switch (json[at])
            {
                case (byte)'"':
                    at = FindStringEnd(json, at);
                    continue;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                default:
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
            }

            at++;
        }
    }
}
