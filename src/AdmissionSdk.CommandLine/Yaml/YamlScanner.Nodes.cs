using System.Globalization;

namespace AdmissionSdk.CommandLine.Yaml;

internal sealed partial class YamlScanner
{
    private void FetchNode(char next)
    {
        switch (next)
        {
            case '*' or '&':
                FetchProperty(next == '*' ? YamlTokenKind.Alias : YamlTokenKind.Anchor);
                break;
            case '!':
                FetchProperty(YamlTokenKind.Tag);
                break;
            case '|' or '>' when !IsFlow:
                FetchBlockScalar();
                break;
            case '\'' or '"':
                FetchQuotedScalar(next);
                break;
            case '#' or ',' or '[' or ']' or '{' or '}' or '%' or '@' or '`' or '|' or '>' or '\t':
            case '-' when cursor.Peek(1) is ' ' or '\t':
                throw cursor.Refuse(next == '\t' ? "a tab is where spaces for the indentation are needed"
                    : $"a text cannot begin with {next}; put it in quotes");
            default:
                FetchPlainScalar();
                break;
        }
    }

    private void FetchProperty(YamlTokenKind kind)
    {
        SaveKey();
        _keyAllowed = false;
        var token = Here(kind);
        var (text, suffix) = kind == YamlTokenKind.Tag ? TagText.Read(cursor) : (TagText.ReadName(cursor), "");
        _tokens.Add(token with { End = cursor.Clamp(cursor.Index), Text = text, Suffix = suffix });
    }

    private void FetchBlockScalar()
    {
        RemoveKey();
        _keyAllowed = true;
        var token = Here(YamlTokenKind.Scalar);
        var (value, end) = BlockScalar.Read(cursor, _indent);
        _tokens.Add(token with { End = cursor.Clamp(end), Text = value, Style = YamlScalarStyle.Block });
    }

    private void FetchQuotedScalar(char quote)
    {
        SaveKey();
        _keyAllowed = false;
        var token = Here(YamlTokenKind.Scalar);
        var value = QuotedScalar.Read(cursor);
        _tokens.Add(token with { End = cursor.Index, Text = value, Style = quote == '"' ? YamlScalarStyle.DoubleQuoted : YamlScalarStyle.SingleQuoted });
    }

    private void FetchPlainScalar()
    {
        SaveKey();
        _keyAllowed = false;
        var token = Here(YamlTokenKind.Scalar);
        var (value, end, isBroken) = PlainScalar.Read(cursor, _indent + 1, IsFlow, _pool);
        _keyAllowed |= isBroken;
        _tokens.Add(token with { End = end, Text = value, Style = YamlScalarStyle.Plain });
    }

    private void FetchDirective()
    {
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        var token = Here(YamlTokenKind.VersionDirective);
        cursor.Skip();
        var name = ReadWord();
        if (name == "TAG")
        {
            var handle = TagText.ReadHandle(cursor);
            if (handle != "!" && !handle.EndsWith('!'))
            {
                throw cursor.Refuse("the handle of a %TAG directive ends in !");
            }

            SkipBlanks();
            token = token with { Kind = YamlTokenKind.TagDirective, Text = handle, Suffix = TagText.ReadUri(cursor) };
        }
        else if (name == "YAML")
        {
            token = token with { Text = ReadWord() };
        }
        else
        {
            throw new YamlReadException("a line that begins with % is a directive, and YAML has only %YAML and %TAG; put a text in quotes", token.Line, token.Column);
        }

        SkipBlanks();
        if (cursor.Current == '#')
        {
            cursor.SkipLine();
        }

        if (!cursor.IsBreak)
        {
            throw cursor.Refuse(string.Create(CultureInfo.InvariantCulture, $"the directive %{name} ends at the end of its line"));
        }

        cursor.SkipBreak();
        _tokens.Add(token);
    }

    // Reads a word and the blanks behind it.
    private string ReadWord()
    {
        var start = cursor.Index;
        while (!cursor.IsBlankOrEnd)
        {
            cursor.Skip();
        }

        var word = cursor.TextFrom(start).ToString();
        SkipBlanks();
        return word;
    }

    private void SkipBlanks()
    {
        while (cursor.Current is ' ' or '\t')
        {
            cursor.Skip();
        }
    }

    private void FetchEnd()
    {
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        _ended = true;
        _tokens.Add(Here(YamlTokenKind.End) with { Start = cursor.Clamp(cursor.Index), End = cursor.Clamp(cursor.Index) });
    }
}
