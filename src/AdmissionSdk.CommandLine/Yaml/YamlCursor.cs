using System.Buffers;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>
/// A place in the text of a document, as kubectl's reader sees the text: YAML 1.1 has five line breaks, a carriage return before CRLF is dropped, and
/// the last line always ends in a line break.
/// </summary>
internal sealed class YamlCursor
{
    public const char End = '\0';
    private const char NextLine = '\u0085';
    private const char LineSeparator = '\u2028';
    private const char ParagraphSeparator = '\u2029';

    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7f, 0x21)).Select(code => (char)code).Where(code => code is not ('\t' or '\n' or '\r' or NextLine)), '\ufffe', '\uffff']);

    private readonly string _text;
    private readonly int _end;
    private readonly bool _addsBreak;
    private int _breakEnd;
    private int _lineStart;

    /// <exception cref="YamlReadException">The text has a control character.</exception>
    public YamlCursor(string text, TextPart part)
    {
        _text = text;
        _end = part.End;
        _addsBreak = part.End > part.Start && text[part.End - 1] is not ('\n' or '\r');
        Index = part.Start < part.End && text[part.Start] == '\ufeff' ? part.Start + 1 : part.Start;
        _breakEnd = Index;
        // A part may begin behind JSON on the same line.
        _lineStart = part.Start == 0 ? 0 : text.LastIndexOfAny(['\n', '\r'], part.Start - 1) + 1;
        Line = part.Line + 1;
        RefuseControls();
    }

    /// <summary>The number of characters before the place.</summary>
    public int Index { get; private set; }

    /// <summary>The line, from 1, as editors count lines.</summary>
    public int Line { get; private set; }

    /// <summary>The column, from 1.</summary>
    public int Column => Index - _lineStart + 1;

    /// <summary>The number of line breaks of YAML before the place.</summary>
    public int Row { get; private set; }

    /// <summary>The number of characters since the last line break of YAML.</summary>
    public int Indent => Index - _breakEnd;

    /// <summary>The character at the place; <see cref="End"/> behind the last.</summary>
    public char Current => Peek(0);

    public bool IsBreak => IsBreakAt(0);

    public bool IsBlankOrEnd => IsBlankOrEndAt(0);

    /// <summary>True at <c>---</c> or <c>...</c> at the beginning of a line.</summary>
    public bool IsMarker => Indent == 0 && Current is '-' or '.' && Peek(1) == Current && Peek(2) == Current && IsBlankOrEndAt(3);

    public char Peek(int offset)
    {
        var at = Index + offset;
        return at < _end ? _text[at] : at == _end && _addsBreak ? '\n' : End;
    }

    public bool IsBreakAt(int offset) => Peek(offset) is '\n' or '\r' or NextLine or LineSeparator or ParagraphSeparator;

    public bool IsBlankOrEndAt(int offset) => Peek(offset) is ' ' or '\t' or End || IsBreakAt(offset);

    /// <summary>Passes characters that are not line breaks.</summary>
    public void Skip(int count = 1) => Index += count;

    /// <summary>Passes a line break.</summary>
    /// <returns>The character that a scalar gets for the line break.</returns>
    public char SkipBreak()
    {
        var first = Current;
        var length = first != '\r' ? 1 : Peek(1) == '\n' ? 2 : Peek(1) == '\r' && Peek(2) == '\n' ? 3 : 1;
        Index += length;
        Row++;
        _breakEnd = Index;
        if (first is '\n' or '\r')
        {
            Line += length == 3 ? 2 : 1;
            _lineStart = Index;
        }

        return first is LineSeparator or ParagraphSeparator ? first : '\n';
    }

    /// <summary>Passes the rest of the line, up to its line break.</summary>
    public void SkipLine()
    {
        while (Current != End && !IsBreak)
        {
            Index++;
        }
    }

    /// <summary>Gets the text from an earlier place.</summary>
    public ReadOnlySpan<char> TextFrom(int start) => _text.AsSpan(start, Math.Min(Index, _end) - start);

    /// <summary>Limits a place to the text, without a line break that was added.</summary>
    public int Clamp(int index) => Math.Min(index, _end);

    public YamlReadException Refuse(string message) => new(message, Line, Column);

    private void RefuseControls()
    {
        var rest = _text.AsSpan(Index, _end - Index);
        if (rest.IndexOfAny(Forbidden) is >= 0 and var at)
        {
            var character = rest[at];
            var before = rest[..at];
            var line = before.LastIndexOfAny('\n', '\r');
            throw new YamlReadException(
                $"the control character U+{(int)character:X4} is not allowed in YAML; write it as an escape in double quotes",
                Line + TextPart.CountBreaks(before), line < 0 ? Column + at : at - line);
        }
    }
}
