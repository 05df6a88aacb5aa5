using System.Text;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Syntax;

/// <summary>The text of an expression and its lines.</summary>
internal sealed class SourceText
{
    /// <summary>The position of an issue of the whole expression.</summary>
    public const int Nowhere = -1;

    // A longer line is not shown with its issue.
    private const int LongestSnippet = 16384;

    private readonly string[] _lines;

    public SourceText(string text)
    {
        Text = text;
        _lines = text.Split('\n');
    }

    public string Text { get; }

    public CelIssue Issue(int position, string message)
    {
        if (position == Nowhere)
        {
            return new CelIssue(-1, 0, message);
        }

        var line = 0;
        while (line < _lines.Length - 1 && position > _lines[line].Length)
        {
            position -= _lines[line++].Length + 1;
        }

        return new CelIssue(line + 1, (int)CodePoints.Count(_lines[line][..Math.Min(position, _lines[line].Length)]) + 1, message);
    }

    /// <summary>The issues as Kubernetes shows them: in the order of the text, each with its line and a mark below.</summary>
    public string Display(IEnumerable<CelIssue> issues) => string.Join('\n', issues.Select(Display));

    private string Display(CelIssue issue)
    {
        var text = $"ERROR: <input>:{issue.Line}:{issue.Column}: {issue.Message}";
        if (issue.Line < 1 || Encoding.UTF8.GetByteCount(_lines[issue.Line - 1]) > LongestSnippet)
        {
            return text;
        }

        var line = _lines[issue.Line - 1].Replace('\t', ' ');
        var mark = new StringBuilder();
        var left = issue.Column - 1;
        foreach (var codePoint in CodePoints.Split(line))
        {
            var wide = !char.IsAscii(codePoint[0]);
            if (left-- == 0)
            {
                return $"{text}\n | {line}\n | {mark}{(wide ? '\uFF3E' : '^')}";
            }

            mark.Append(wide ? '\uFF0E' : '.');
        }

        return $"{text}\n | {line}\n | {mark}^";
    }
}
