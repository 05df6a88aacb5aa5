namespace AdmissionSdk.Cel.Syntax;

/// <summary>Finds the end of a string or bytes literal: with one or three quotes of either kind, raw after an <c>r</c>, bytes after a <c>b</c>.</summary>
internal static class StringLexer
{
    /// <summary>A literal, or the characters of a broken one.</summary>
    public readonly record struct Literal(int End, bool IsBytes, bool IsWhole);

    /// <summary>The literal that begins at an index, or null if none does.</summary>
    public static Literal? Match(string text, int start)
    {
        var index = start;
        var isBytes = index < text.Length && text[index] is 'b' or 'B';
        index += isBytes ? 1 : 0;
        var isRaw = index < text.Length && text[index] is 'r' or 'R';
        index += isRaw ? 1 : 0;
        if (index >= text.Length || text[index] is not ('"' or '\''))
        {
            return null;
        }

        var quote = text[index];
        var triple = new string(quote, 3);
        var isTriple = text.AsSpan(index).StartsWith(triple) && (isRaw ? text.IndexOf(triple, index + 3, StringComparison.Ordinal) >= 0 : Ends(text, index + 3, triple, isRaw).IsWhole);
        var (end, isWhole) = isTriple ? Ends(text, index + 3, triple, isRaw) : Ends(text, index + 1, quote.ToString(), isRaw);
        return new Literal(end, isBytes, isWhole);
    }

    private static (int End, bool IsWhole) Ends(string text, int index, string quotes, bool isRaw)
    {
        while (index < text.Length)
        {
            if (text.AsSpan(index).StartsWith(quotes))
            {
                return (index + quotes.Length, true);
            }

            if (quotes.Length == 1 && text[index] is '\n' or '\r')
            {
                return (index + 1, false);
            }

            if (isRaw || text[index] != '\\')
            {
                index++;
                continue;
            }

            var length = EscapeLength(text, index);
            if (length <= 0)
            {
                return (Math.Min(text.Length, index - length + 1), false);
            }

            index += length;
        }

        return (text.Length, false);
    }

    /// <summary>The length of an escape, or the negative index of the character that breaks it.</summary>
    private static int EscapeLength(string text, int index)
    {
        if (index + 1 >= text.Length)
        {
            return -1;
        }

        return text[index + 1] switch
        {
            'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '"' or '\'' or '\\' or '?' or '`' => 2,
            'x' or 'X' => Digits(text, index, 2, 2, char.IsAsciiHexDigit),
            'u' => Digits(text, index, 2, 4, char.IsAsciiHexDigit),
            'U' => Digits(text, index, 2, 8, char.IsAsciiHexDigit),
            >= '0' and <= '3' => Digits(text, index, 2, 2, static unit => unit is >= '0' and <= '7'),
            _ => -1,
        };
    }

    private static int Digits(string text, int index, int offset, int count, Func<char, bool> isDigit)
    {
        for (var i = 0; i < count; i++)
        {
            if (index + offset + i >= text.Length || !isDigit(text[index + offset + i]))
            {
                return -(offset + i);
            }
        }

        return offset + count;
    }
}
