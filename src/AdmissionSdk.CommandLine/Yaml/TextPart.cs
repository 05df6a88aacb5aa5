namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A part of a text, and where it begins in the whole.</summary>
/// <param name="Text">The part.</param>
/// <param name="Index">How many characters are before it.</param>
/// <param name="Line">How many lines are before it.</param>
internal sealed record TextPart(string Text, int Index, int Line)
{
    private const string Marker = "---";

    /// <summary>
    /// The parts between lines that begin with <c>---</c>, which end a document whatever stands before them. Directives and comments stay with what
    /// follows them.
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

    /// <summary>Whether a text begins with the line that begins a document.</summary>
    public static bool IsMarker(ReadOnlySpan<char> line) =>
        line.StartsWith(Marker) && (line.Length == Marker.Length || line[Marker.Length] is ' ' or '\t' or '\r' or '\n');
}
