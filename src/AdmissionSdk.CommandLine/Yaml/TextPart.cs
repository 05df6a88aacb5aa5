namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A part of a text, with its place in the whole.</summary>
/// <param name="Text">The part.</param>
/// <param name="Index">The number of characters before the part.</param>
/// <param name="Line">The number of lines before the part.</param>
internal sealed record TextPart(string Text, int Index, int Line)
{
    private const string Marker = "---";

    /// <summary>
    /// Splits a text at lines that begin with <c>---</c>, each of which ends the document before. Directives and comments stay with the next document.
    /// </summary>
    public static IEnumerable<TextPart> Split(string text)
    {
        var (start, startLine, line) = (0, 0, 0);
        var hasContent = false;
        for (var at = 0; at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            var current = text.AsSpan(at, next - at);
            if (IsMarker(current))
            {
                if (hasContent)
                {
                    yield return new TextPart(text[start..at], start, startLine);
                    (start, startLine) = (at, line);
                }

                hasContent = true;
            }
            else
            {
                hasContent |= !current.IsWhiteSpace() && current[0] is not ('#' or '%');
            }

            at = next;
        }

        if (start < text.Length)
        {
            yield return new TextPart(text[start..], start, startLine);
        }
    }

    /// <summary>True if a text begins with the marker of a document.</summary>
    public static bool IsMarker(ReadOnlySpan<char> line) =>
        line.StartsWith(Marker) && (line.Length == Marker.Length || line[Marker.Length] is ' ' or '\t' or '\r' or '\n');
}
