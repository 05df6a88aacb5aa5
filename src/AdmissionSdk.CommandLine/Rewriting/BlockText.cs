using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Indents and removes whole lines of a text.</summary>
internal static class BlockText
{
    /// <summary>Puts spaces before every line that is not empty.</summary>
    public static string Indent(string lines, int indent)
    {
        var spaces = new string(' ', indent);
        return string.Concat(lines.TrimEnd('\n').Split('\n').Select(line => (line.Length == 0 ? "" : spaces + line) + "\n"));
    }

    /// <summary>Removes the lines from the beginning of a key or element to the end of its value.</summary>
    /// <exception cref="RewriteRefusedException">Another part of the text would be removed too.</exception>
    public static void RemoveLines(TextEdits edits, bool isFlow, YamlNode first, YamlNode value, IReadOnlySet<YamlNode> shared, string path, int? from = null)
    {
        var begin = from ?? first.Span.Start;
        var start = edits.FindLineStart(begin);
        if (isFlow || shared.Contains(value) || shared.Contains(first) || !string.IsNullOrWhiteSpace(edits.Text[start..begin]))
        {
            throw new RewriteRefusedException(first, path, "it does not stand on lines of its own; remove it by hand");
        }

        var end = edits.FindNextLine(Math.Max(value.Span.End, first.Span.End));
        if (edits.Text.AsSpan(start, end - start).Contains('#'))
        {
            throw new RewriteRefusedException(first, path, "a comment would go with it; remove it by hand");
        }

        edits.Replace(start, end, "");
    }
}
