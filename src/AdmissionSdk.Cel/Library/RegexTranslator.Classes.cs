using System.Globalization;
using System.Text;

namespace AdmissionSdk.Cel.Library;

/// <content>Escapes and classes of characters.</content>
internal sealed partial class RegexTranslator
{
    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z",
        ["alpha"] = "A-Za-z",
        ["ascii"] = @"\u0000-\u007F",
        ["blank"] = @"\t\u0020",
        ["cntrl"] = @"\u0000-\u001F\u007F",
        ["digit"] = "0-9",
        ["graph"] = @"\u0021-\u007E",
        ["lower"] = "a-z",
        ["print"] = @"\u0020-\u007E",
        ["punct"] = @"\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E",
        ["space"] = @"\t\n\v\f\r\u0020",
        ["upper"] = "A-Z",
        ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    private void Escape()
    {
        var start = _next;
        if (start + 1 >= _pattern.Length)
        {
            Fail("trailing backslash at end of expression", "");
            return;
        }

        switch (_pattern[start + 1])
        {
            case 'A':
                Take(@"\A");
                return;
            case 'z':
                Take(@"\z");
                return;
            case 'b' or 'B':
                HasWordBoundary = true;
                Take(_pattern.Substring(start, 2));
                return;
            case 'Q':
                Quoted();
                return;
        }

        if (ClassEscape() is { } set)
        {
            Atom(set.Negated ? Negated(set.Items) : $"[{set.Items}]");
            return;
        }

        if (_error is null && EscapedChar() is { } codePoint)
        {
            Atom(Literal(char.ConvertFromUtf32(codePoint)));
        }

        void Take(string text)
        {
            _next += 2;
            Atom(text);
        }
    }

    private void Quoted()
    {
        var end = _pattern.IndexOf(@"\E", _next, StringComparison.Ordinal);
        var text = end < 0 ? _pattern[(_next + 2)..] : _pattern[(_next + 2)..end];
        _next = end < 0 ? _pattern.Length : end + 2;
        foreach (var codePoint in Values.CodePoints.Split(text))
        {
            Atom(Literal(codePoint));
        }
    }

    private static string Negated(string items) => $@"(?:{Pair}|[^{items}\uD800-\uDFFF])";

    /// <summary>A class as <c>\d</c> or <c>\pL</c> at hand.</summary>
    private (string Items, bool Negated)? ClassEscape()
    {
        var letter = _pattern[_next + 1];
        var items = char.ToLowerInvariant(letter) switch
        {
            'd' => Posix["digit"],
            'w' => Posix["word"],
            's' => @"\t\n\f\r\u0020",
            _ => null,
        };
        if (items is not null)
        {
            _next += 2;
            return (items, char.IsUpper(letter));
        }

        return letter is 'p' or 'P' ? Category(letter == 'P') : null;
    }

    private (string Items, bool Negated)? Category(bool negated)
    {
        var start = _next;
        _next += 2;
        var end = _next < _pattern.Length && _pattern[_next] == '{' ? _pattern.IndexOf('}', _next) : _next;
        if (_next >= _pattern.Length || end < 0)
        {
            Fail("invalid character class range", _pattern[start..]);
            return null;
        }

        var name = _pattern[_next..(end + 1)].Trim('{', '}');
        _next = end + 1;
        if (name.StartsWith('^'))
        {
            (name, negated) = (name[1..], !negated);
        }

        if (name == "Any")
        {
            return (@"\s\S", negated);
        }

        // The general categories are the same in .NET; scripts are not there.
        if (name is "L" or "M" or "N" or "P" or "S" or "Z" or "C" or "Lu" or "Ll" or "Lt" or "Lm" or "Lo" or "Mn" or "Mc" or "Me" or "Nd" or "Nl" or "No" or "Pc" or "Pd"
            or "Ps" or "Pe" or "Pi" or "Pf" or "Po" or "Sm" or "Sc" or "Sk" or "So" or "Zs" or "Zl" or "Zp" or "Cc" or "Cf" or "Co" or "Cs")
        {
            return ($@"\p{{{name}}}", negated);
        }

        Fail("character class is not supported here", _pattern[start.._next]);
        return null;
    }

    private int? EscapedChar()
    {
        var start = _next;
        var letter = _pattern[start + 1];
        _next += 2;
        switch (letter)
        {
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return Hex(start);
            case >= '0' and <= '7' when letter == '0' || (_next < _pattern.Length && _pattern[_next] is >= '0' and <= '7'):
                return Octal(letter);
        }

        if (letter < 0x80 && !char.IsAsciiLetterOrDigit(letter))
        {
            return letter;
        }

        Fail("invalid escape sequence", _pattern[start.._next]);
        return null;
    }

    private int Octal(char first)
    {
        var value = first - '0';
        for (var digits = 1; digits < 3 && _next < _pattern.Length && _pattern[_next] is >= '0' and <= '7'; digits++, _next++)
        {
            value = (value * 8) + (_pattern[_next] - '0');
        }

        return value;
    }

    private int? Hex(int start)
    {
        var braced = _next < _pattern.Length && _pattern[_next] == '{';
        var end = braced ? _pattern.IndexOf('}', _next) : _next + 2;
        var digits = end < 0 || end > _pattern.Length ? "" : _pattern[(_next + (braced ? 1 : 0))..end];
        if (digits.Length is 0 or > 6 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || !Rune.IsValid(value))
        {
            Fail("invalid escape sequence", _pattern[start..Math.Min(_pattern.Length, _next + 1)]);
            return null;
        }

        _next = end + (braced ? 1 : 0);
        return value;
    }

    private string TranslateClass()
    {
        var start = _next++;
        var negated = _next < _pattern.Length && _pattern[_next] == '^';
        _next += negated ? 1 : 0;
        var items = new StringBuilder();
        for (var first = true; _next < _pattern.Length && (_pattern[_next] != ']' || first) && _error is null; first = false)
        {
            items.Append(ClassItem());
        }

        if (_next >= _pattern.Length && _error is null)
        {
            Fail("missing closing ]", _pattern[start..]);
        }

        _next++;
        return negated ? Negated(items.ToString()) : $"[{items}]";
    }

    private string ClassItem()
    {
        var start = _next;
        if (_pattern.AsSpan(_next).StartsWith("[:") && _pattern.IndexOf(":]", _next + 2, StringComparison.Ordinal) is > 0 and var end)
        {
            var name = _pattern[(_next + 2)..end];
            _next = end + 2;
            return Posix.TryGetValue(name.TrimStart('^'), out var items) ? Item(items, name.StartsWith('^')) : Failed("invalid character class range", start);
        }

        if (_pattern[_next] == '\\' && _next + 1 < _pattern.Length && ClassEscape() is { } set)
        {
            return Item(set.Items, set.Negated);
        }

        var low = ClassChar();
        var high = low;
        if (_error is null && _next + 1 < _pattern.Length && _pattern[_next] == '-' && _pattern[_next + 1] != ']')
        {
            _next++;
            high = ClassChar();
        }

        if (_error is not null)
        {
            return "";
        }

        return high < low ? Failed("invalid character class range", start)
            : high > 0xFFFF || low is >= 0xD800 and <= 0xDFFF ? Failed("character beyond U+FFFF in a class is not supported here", start)
            : $"\\u{low:X4}-\\u{high:X4}";

        string Failed(string problem, int from)
        {
            Fail(problem, _pattern[from..Math.Min(_next, _pattern.Length)]);
            return "";
        }

        // A class inside a class that excludes: its complement, for the classes of .NET have none inside.
        string Item(string items, bool negated) => !negated ? items : items.StartsWith(@"\p", StringComparison.Ordinal) ? @"\P" + items[2..] : Complement(items);
    }

    private int ClassChar()
    {
        if (_pattern[_next] == '\\')
        {
            if (_next + 1 >= _pattern.Length)
            {
                Fail("trailing backslash at end of expression", "");
                return 0;
            }

            return EscapedChar() ?? 0;
        }

        var codePoint = char.IsSurrogatePair(_pattern, _next) ? char.ConvertToUtf32(_pattern, _next) : _pattern[_next];
        _next += codePoint > 0xFFFF ? 2 : 1;
        return codePoint;
    }

    private static string Complement(string items)
    {
        var set = new System.Text.RegularExpressions.Regex($"[{items}]", System.Text.RegularExpressions.RegexOptions.CultureInvariant);
        var ranges = new StringBuilder();
        for (var unit = 0; unit < 0x80; unit++)
        {
            if (!set.IsMatch(((char)unit).ToString()))
            {
                ranges.Append(CultureInfo.InvariantCulture, $"\\u{unit:X4}");
            }
        }

        return ranges.Append(@"\u0080-\uFFFF").ToString();
    }
}
