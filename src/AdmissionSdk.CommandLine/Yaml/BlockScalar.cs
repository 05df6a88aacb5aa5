using System.Text;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Reads a literal or folded block.</summary>
internal sealed class BlockScalar
{
    private readonly YamlCursor _cursor;
    private readonly int _parentIndent;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _breaks = new();
    private int _indent;
    private int _end;

    private BlockScalar(YamlCursor cursor, int parentIndent)
    {
        _cursor = cursor;
        _parentIndent = parentIndent;
    }

    /// <summary>Reads the block at a place, which moves to the line after the block.</summary>
    /// <param name="cursor">The place.</param>
    /// <param name="parentIndent">The indentation around the block; -1 at the root.</param>
    /// <returns>The value, and the index after its last line.</returns>
    public static (string Value, int End) Read(YamlCursor cursor, int parentIndent)
    {
        var block = new BlockScalar(cursor, parentIndent);
        var isLiteral = cursor.Current == '|';
        cursor.Skip();
        var chomping = block.ReadHeader();
        return (block.ReadLines(isLiteral, chomping), block._end);
    }

    // Returns '+', '-' or a space.
    private char ReadHeader()
    {
        var chomping = ' ';
        for (var part = 0; part < 2; part++)
        {
            if (chomping == ' ' && _cursor.Current is '+' or '-')
            {
                chomping = _cursor.Current;
                _cursor.Skip();
            }
            else if (_indent == 0 && char.IsAsciiDigit(_cursor.Current))
            {
                _indent = _cursor.Current != '0' ? Math.Max(_parentIndent, 0) + _cursor.Current - '0'
                    : throw _cursor.Refuse("the indentation of a block cannot be 0");
                _cursor.Skip();
            }
        }

        while (_cursor.Current is ' ' or '\t')
        {
            _cursor.Skip();
        }

        if (_cursor.Current == '#')
        {
            _cursor.SkipLine();
        }

        if (_cursor.IsBreak)
        {
            _cursor.SkipBreak();
        }
        else if (_cursor.Current != YamlCursor.End)
        {
            throw _cursor.Refuse("the text of a block begins on the next line");
        }

        return chomping;
    }

    private string ReadLines(bool isLiteral, char chomping)
    {
        ReadBreaks();
        string? lineBreak = null;
        var wasBlank = false;
        while (_cursor.Indent == _indent && _cursor.Current != YamlCursor.End)
        {
            var isBlank = _cursor.Current is ' ' or '\t';
            if (isLiteral || wasBlank || isBlank || lineBreak != "\n")
            {
                _text.Append(lineBreak);
            }
            else if (_breaks.Length == 0)
            {
                _text.Append(' ');
            }

            _text.Append(_breaks);
            _breaks.Clear();
            wasBlank = isBlank;
            var start = _cursor.Index;
            _cursor.SkipLine();
            _text.Append(_cursor.TextFrom(start));
            lineBreak = _cursor.IsBreak ? _cursor.SkipBreak().ToString() : null;
            ReadBreaks();
        }

        if (chomping != '-')
        {
            _text.Append(lineBreak);
        }

        if (chomping == '+')
        {
            _text.Append(_breaks);
        }

        return _text.ToString();
    }

    // Reads empty lines. The first time without an indentation of the header, the deepest of the empty lines and the first text set the indentation.
    private void ReadBreaks()
    {
        _end = _cursor.Index;
        var deepest = 0;
        while (true)
        {
            while ((_indent == 0 || _cursor.Indent < _indent) && _cursor.Current == ' ')
            {
                _cursor.Skip();
            }

            deepest = Math.Max(deepest, _cursor.Indent);
            if ((_indent == 0 || _cursor.Indent < _indent) && _cursor.Current == '\t')
            {
                throw _cursor.Refuse("a tab is where spaces for the indentation of a block are needed");
            }

            if (!_cursor.IsBreak)
            {
                break;
            }

            _breaks.Append(_cursor.SkipBreak());
            _end = _cursor.Index;
        }

        if (_indent == 0)
        {
            _indent = Math.Max(Math.Max(deepest, _parentIndent + 1), 1);
        }
    }
}
