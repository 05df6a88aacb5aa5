namespace AdmissionSdk.Cel.Values;

/// <summary>Strings of CEL are sequences of code points; those of .NET are of UTF-16 units, where code points above U+FFFF take two.</summary>
internal static class CodePoints
{
    public static bool HasPairs(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    public static long Count(string text)
    {
        if (!HasPairs(text))
        {
            return text.Length;
        }

        var count = 0L;
        for (var i = 0; i < text.Length; i++, count++)
        {
            if (IsPair(text, i))
            {
                i++;
            }
        }

        return count;
    }

    /// <summary>The UTF-16 index of a code point, or -1 beyond the end. The number of code points is the index of the end.</summary>
    public static int IndexOf(string text, long codePoint)
    {
        if (codePoint < 0)
        {
            return -1;
        }

        if (!HasPairs(text))
        {
            return codePoint <= text.Length ? (int)codePoint : -1;
        }

        var index = 0;
        for (; codePoint > 0 && index < text.Length; codePoint--)
        {
            index += IsPair(text, index) ? 2 : 1;
        }

        return codePoint == 0 ? index : -1;
    }

    public static string Substring(string text, long start, long end)
    {
        var from = IndexOf(text, start);
        return text[from..(from + IndexOf(text[from..], end - start))];
    }

    /// <summary>The code points, each as a string.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var length = IsPair(text, i) ? 2 : 1;
            yield return text.Substring(i, length);
            i += length;
        }
    }

    /// <summary>The order of UTF-8 bytes, which is that of code points; UTF-16 puts pairs before U+E000.</summary>
    public static int Compare(string left, string right)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[common]).CompareTo(Rank(right[common]));

        static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
    }

    private static bool IsPair(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
}
