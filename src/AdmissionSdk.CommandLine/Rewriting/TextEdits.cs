using System.Text;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Changes of a text, made all at once.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(int Start, int End, string Replacement)> _edits = [];

    public string Text { get; } = text;

    public bool Any => _edits.Count > 0;

    public void Replace(int start, int end, string replacement) => _edits.Add((start, end, replacement));

    public void Insert(int at, string addition) => _edits.Add((at, at, addition));

    /// <summary>Puts whole lines after the line on which a place is.</summary>
    public void InsertLines(int after, string lines)
    {
        var next = AfterLine(after);
        var newLine = Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var block = lines.Replace("\n", newLine, StringComparison.Ordinal);
        // The file's last line may have no end, and then the new last line has none.
        Insert(next, next == Text.Length && Text.Length > 0 && Text[^1] != '\n' ? newLine + block[..^newLine.Length] : block);
    }

    /// <summary>Where the line begins on which a place is.</summary>
    public int LineStart(int at) => at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>Where the line after the one begins on which a place is; a place at the beginning of a line is after the line before it.</summary>
    public int AfterLine(int at)
    {
        if (at > 0 && Text[at - 1] == '\n')
        {
            return at;
        }

        var end = Text.IndexOf('\n', at);
        return end < 0 ? Text.Length : end + 1;
    }

    public string Apply()
    {
        var result = new StringBuilder(Text.Length + 256);
        var position = 0;
        foreach (var (start, end, replacement) in _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.End))
        {
            // Two changes of one place cannot both be right; what comes of it is not what was asked for, and is found out.
            if (start < position)
            {
                continue;
            }

            result.Append(Text, position, start - position).Append(replacement);
            position = end;
        }

        return result.Append(Text, position, Text.Length - position).ToString();
    }
}
