using System.Text;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Collects changes of a text and makes all of them at once.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(int Start, int End, string Replacement)> _edits = [];

    public string Text { get; } = text;

    /// <summary>The line end of the text.</summary>
    public string NewLine { get; } = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    public bool Any => _edits.Count > 0;

    public void Replace(int start, int end, string replacement) => _edits.Add((start, end, replacement));

    public void Insert(int at, string addition) => _edits.Add((at, at, addition));

    /// <summary>Inserts whole lines after the line of a place.</summary>
    public void InsertLines(int after, string lines)
    {
        var next = FindNextLine(after);
        var block = lines.Replace("\n", NewLine, StringComparison.Ordinal);
        // If the file's last line lacks a line break, the new last line lacks it too.
        Insert(next, next == Text.Length && Text.Length > 0 && Text[^1] != '\n' ? NewLine + block[..^NewLine.Length] : block);
    }

    /// <summary>Finds the beginning of the line of a place.</summary>
    public int FindLineStart(int at) => at == 0 ? 0 : Text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>Finds the beginning of the next line; the beginning of a line counts as the end of the line before.</summary>
    public int FindNextLine(int at)
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
            // Two changes of one place cannot both be right; the first is made, and the proof of FileRewriter fails.
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
