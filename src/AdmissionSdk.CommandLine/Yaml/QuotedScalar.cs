using System.Globalization;
using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Reads a scalar in quotes. Its further lines need no indentation.</summary>
internal static class QuotedScalar
{
    /// <summary>Reads the scalar at a place, which moves behind the closing quote.</summary>
    public static string Read(YamlCursor cursor)
    {
        var (quote, line, column) = (cursor.Current, cursor.Line, cursor.Column);
        var text = new StringBuilder();
        cursor.Skip();
        while (true)
        {
            if (cursor.IsMarker)
            {
                throw cursor.Refuse($"a document ends within a text in quotes, which begins at line {line}");
            }

            if (cursor.Current == YamlCursor.End)
            {
                throw new YamlReadException("the closing quote is missing", line, column);
            }

            var isBroken = ReadWord(cursor, quote, text);
            if (cursor.Current == quote && !isBroken)
            {
                cursor.Skip();
                return text.ToString();
            }

            text.Append(FoldedSpace.Read(cursor, isBroken, tabIndent: 0).Text);
        }
    }

    // Returns true after an escaped line break.
    private static bool ReadWord(YamlCursor cursor, char quote, StringBuilder text)
    {
        while (!cursor.IsBlankOrEnd)
        {
            if (cursor.Current == quote)
            {
                if (quote == '"' || cursor.Peek(1) != quote)
                {
                    return false;
                }

                cursor.Skip();
            }
            else if (quote == '"' && cursor.Current == '\\')
            {
                if (cursor.IsBreakAt(1))
                {
                    cursor.Skip();
                    cursor.SkipBreak();
                    return true;
                }

                ReadEscape(cursor, text);
                continue;
            }

            text.Append(cursor.Current);
            cursor.Skip();
        }

        return false;
    }

    private static void ReadEscape(YamlCursor cursor, StringBuilder text)
    {
        var digits = cursor.Peek(1) switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits == 0)
        {
            text.Append(ReadShortEscape(cursor));
            cursor.Skip(2);
            return;
        }

        var code = 0U;
        for (var at = 0; at < digits; at++)
        {
            var digit = cursor.Peek(2 + at);
            code = char.IsAsciiHexDigit(digit) ? (code << 4) + uint.Parse([digit], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : throw cursor.Refuse($"the escape \\{cursor.Peek(1)} needs {digits} hexadecimal digits");
        }

        text.Append(Rune.TryCreate(code, out var rune) ? rune.ToString() : throw cursor.Refuse("an escape is not a character of Unicode; write a character beyond 16 bits as \\U and eight digits"));
        cursor.Skip(2 + digits);
    }

    private static char ReadShortEscape(YamlCursor cursor) => cursor.Peek(1) switch
    {
        '0' => '\0',
        'a' => '\a',
        'b' => '\b',
        't' or '\t' => '\t',
        'n' => '\n',
        'v' => '\v',
        'f' => '\f',
        'r' => '\r',
        'e' => '\e',
        ' ' or '"' or '\'' or '\\' => cursor.Peek(1),
        'N' => '\u0085',
        '_' => '\u00a0',
        'L' => '\u2028',
        'P' => '\u2029',
        _ => throw cursor.Refuse("a backslash in double quotes begins an escape, and YAML has no such escape; write the backslash twice, or use single quotes"),
    };
}
