namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>The text of one document, as a range of the whole text.</summary>
/// <param name="Start">The index of the first character.</param>
/// <param name="End">The index after the last character.</param>
/// <param name="Line">The number of lines before the part.</param>
/// <param name="Refusal">The reason for which kubectl refuses the separator before the part; null for a good separator.</param>
internal readonly record struct TextPart(int Start, int End, int Line, string? Refusal = null)
{
    private const string Marker = "---";

    /// <summary>
    /// Splits a text at lines that begin with <c>---</c>, as kubectl does before any YAML is read: even within a quoted text, and even before a
    /// directive's document. Empty parts are left out.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="whole">The part of the text to split.</param>
    public static IEnumerable<TextPart> Split(string text, TextPart whole)
    {
        var (start, startLine, line) = (whole.Start, whole.Line, whole.Line);
        string? refusal = null;
        for (var at = whole.Start; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            if (IsSeparator(text.AsSpan(at, next - at), out var reason))
            {
                if (at > start || refusal is not null)
                {
                    yield return new TextPart(start, at, startLine, refusal);
                    (start, startLine) = (next, line + 1);
                }

                // A separator with nothing before it is a part of the next document, and a refused separator is the place of the problem.
                (start, startLine, refusal) = reason is null ? (start, startLine, reason) : (at, line, reason);
            }

            line += CountBreaks(text.AsSpan(at, next - at));
            at = next;
        }

        if (start < text.Length)
        {
            yield return new TextPart(start, text.Length, startLine, refusal);
        }
    }

    /// <summary>Counts the separators in UTF-8 text, without reading it.</summary>
    public static int CountSeparators(ReadOnlySpan<byte> text) => text.Count("\n---"u8);

    private static bool IsSeparator(ReadOnlySpan<char> line, out string? refusal)
    {
        refusal = null;
        if (!line.StartsWith(Marker))
        {
            return false;
        }

        var rest = line[Marker.Length..].Trim();
        if (rest.Length > 0 && rest[0] != '#')
        {
            refusal = "a line that begins with --- separates documents, and kubectl allows only a comment behind ---; put the rest on a line of its own";
        }

        return true;
    }

    /// <summary>Counts the line breaks as editors do: a carriage return alone ends a line too.</summary>
    public static int CountBreaks(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}
