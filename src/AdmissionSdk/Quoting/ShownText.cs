using System.Globalization;
using System.Text;

namespace AdmissionSdk.Quoting;

/// <summary>
/// Makes text fit to be shown to a person: in a terminal, a log or a report. Whoever writes an object chooses text in it, and a raw escape would drive the
/// reader's terminal, a line end would forge a line, a mark for the direction of text would show other words than the text has. Such characters are
/// written as Go's <c>%q</c> writes them, which is how Kubernetes shows values; all that a reader can see stays as it is.
/// </summary>
/// <remarks>Text that has been through here comes out unchanged a second time.</remarks>
internal static class ShownText
{
    private const char Ellipsis = '…';

    /// <summary>Makes one line of a text.</summary>
    public static string ToLine(string text) => IsPlain(text) ? text : Write(text, int.MaxValue, escapesQuotes: false);

    /// <summary>Makes one line of at most a number of characters; a longer one is cut and ends with an ellipsis. The work is bounded by the limit.</summary>
    public static string ToLine(string text, int most) =>
        text.Length <= most && IsPlain(text) ? text : Write(text, most, escapesQuotes: false);

    /// <summary>Quotes a value from an object as Go's <c>%q</c> does, so that nobody takes a part of the value for the text around it.</summary>
    public static string Quote(string text) => $"\"{Write(text, int.MaxValue, escapesQuotes: true)}\"";

    private static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    private static string Write(string text, int most, bool escapesQuotes)
    {
        var line = new StringBuilder(Math.Min(text.Length, most));
        // The length as a reader counts it, and the last place at which there is room for the ellipsis.
        var (length, end) = (0, 0);
        // A half of a surrogate pair comes out as U+FFFD, so the result is always valid UTF-8.
        foreach (var rune in text.EnumerateRunes())
        {
            length += Append(line, rune, escapesQuotes);
            if (length > most)
            {
                line.Length = end;
                return line.Append(Ellipsis).ToString();
            }

            end = length < most ? line.Length : end;
        }

        return line.ToString();
    }

    /// <summary>Appends a character or its escape; returns the number of characters that a reader sees.</summary>
    private static int Append(StringBuilder line, Rune rune, bool escapesQuotes)
    {
        if (IsPrintable(rune) && !(escapesQuotes && rune.Value is ('"' or '\\')))
        {
            Span<char> characters = stackalloc char[2];
            line.Append(characters[..rune.EncodeToUtf16(characters)]);
            return 1;
        }

        var escape = Escape(rune.Value);
        line.Append(escape);
        return escape.Length;
    }

    // Go's strconv.IsPrint: letters, marks, numbers, punctuation, symbols, and the ASCII space.
    private static bool IsPrintable(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    private static string Escape(int value) => value switch
    {
        '\a' => "\\a",
        '\b' => "\\b",
        '\f' => "\\f",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\v' => "\\v",
        '"' => "\\\"",
        '\\' => "\\\\",
        < ' ' or 0x7f => string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
        < 0x10000 => string.Create(CultureInfo.InvariantCulture, $"\\u{value:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{value:x8}"),
    };
}
