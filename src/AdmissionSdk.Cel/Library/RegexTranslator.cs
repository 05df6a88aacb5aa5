using System.Globalization;
using System.Text;

namespace AdmissionSdk.Cel.Library;

/// <summary>Turns a pattern of RE2 into one of .NET with the same matches: classes are ASCII, <c>$</c> is the end, a dot is a code point, groups capture nothing.</summary>
internal sealed partial class RegexTranslator
{
    private const int MostRepeats = 1000;
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private readonly string _pattern;
    private readonly StringBuilder _output = new();

    // The flags and repeats around each open group.
    private readonly Stack<Level> _levels = new();

    private int _next;
    private string? _error;
    private Level _level;

    // True behind something that a repeat can repeat; how often that repeats inside.
    private bool _atom;
    private int _atomRepeats;

    private RegexTranslator(string pattern) => _pattern = pattern;

    /// <summary>True if the pattern looks at word boundaries, which are those of ASCII in RE2.</summary>
    public bool HasWordBoundary { get; private set; }

    public static (string? Pattern, string? Error, bool HasWordBoundary) Translate(string pattern)
    {
        var translator = new RegexTranslator(pattern);
        translator.Run();
        return (translator._error is null ? translator._output.ToString() : null, translator._error, translator.HasWordBoundary);
    }

    private void Run()
    {
        while (_next < _pattern.Length && _error is null)
        {
            Step();
        }

        if (_levels.Count > 0 && _error is null)
        {
            Fail("missing closing )", _pattern);
        }
    }

    private void Step()
    {
        switch (_pattern[_next])
        {
            case '(':
                OpenGroup();
                break;
            case ')':
                CloseGroup();
                break;
            case '|':
                _output.Append('|');
                (_next, _atom) = (_next + 1, false);
                break;
            case '*' or '+' or '?':
                Repeat(_pattern[_next].ToString(), 1);
                break;
            case '{' when Counted() is { } count:
                Repeat(_pattern.Substring(_next, count.Length), count.Most);
                break;
            case '[':
                Atom(TranslateClass());
                break;
            case '.':
                _next++;
                Atom(_level.DotAll ? $@"(?:{Pair}|[\s\S])" : $@"(?:{Pair}|[^\n])");
                break;
            case '^':
                _next++;
                Atom(_level.MultiLine ? "(?m:^)" : @"\A");
                break;
            case '$':
                _next++;
                Atom(_level.MultiLine ? "(?m:$)" : @"\z");
                break;
            case '\\':
                Escape();
                break;
            default:
                var length = char.IsSurrogatePair(_pattern, _next) ? 2 : 1;
                Atom(Literal(_pattern.Substring(_next, length)));
                _next += length;
                break;
        }
    }

    private void Atom(string text)
    {
        (_atom, _atomRepeats) = (true, 1);
        _output.Append(text);
    }

    private static string Literal(string text) => text.Length == 2 ? $"(?:{text})" : RegexChars(text[0]);

    private static string RegexChars(char unit) =>
        char.IsAsciiLetterOrDigit(unit) || unit > 0x7F ? unit.ToString() : $"\\u{(int)unit:X4}";

    private void Repeat(string symbol, int most)
    {
        var start = _next;
        _next += symbol.Length;
        if (!_atom)
        {
            Fail("missing argument to repetition operator", symbol);
            return;
        }

        var lazy = _next < _pattern.Length && _pattern[_next] == '?';
        _next += lazy ? 1 : 0;
        if (_next < _pattern.Length && (_pattern[_next] is '*' or '+' or '?' || Counted() is not null))
        {
            var end = _next + (Counted()?.Length ?? 1);
            Fail("invalid nested repetition operator", _pattern[start..end]);
            return;
        }

        if (most > MostRepeats || (most > 1 && (long)most * _atomRepeats > MostRepeats))
        {
            Fail("invalid repeat count", symbol);
            return;
        }

        _atomRepeats = Math.Max(1, most) * _atomRepeats;
        _level = _level with { Repeats = Math.Max(_level.Repeats, _atomRepeats) };
        _output.Append(symbol).Append(lazy ^ _level.Ungreedy ? "?" : "");
    }

    /// <summary>A repeat as <c>{2}</c>, <c>{2,}</c> or <c>{2,5}</c> at hand; everything else with a brace is text.</summary>
    private (int Length, int Most)? Counted()
    {
        if (_pattern[_next] != '{')
        {
            return null;
        }

        var close = _pattern.IndexOf('}', _next);
        if (close < 0)
        {
            return null;
        }

        var parts = _pattern[(_next + 1)..close].Split(',');
        if (parts.Length > 2 || !IsNumber(parts[0]) || (parts.Length == 2 && parts[1].Length > 0 && !IsNumber(parts[1])))
        {
            return null;
        }

        var least = Count(parts[0]);
        var most = parts is [_, { Length: > 0 } last] ? Count(last) : least;
        return (close - _next + 1, least > most ? int.MaxValue : most);

        static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

        static int Count(string text) => text.Length > 4 ? int.MaxValue : int.Parse(text, CultureInfo.InvariantCulture);
    }

    private void OpenGroup()
    {
        var start = _next++;
        if (_next >= _pattern.Length || _pattern[_next] != '?')
        {
            Push();
            return;
        }

        var name = _pattern.AsSpan(_next).StartsWith("?P<") ? 3 : _pattern.AsSpan(_next).StartsWith("?<") && !_pattern.AsSpan(_next).StartsWith("?<=") && !_pattern.AsSpan(_next).StartsWith("?<!") ? 2 : 0;
        if (name > 0)
        {
            var end = _pattern.IndexOf('>', _next);
            if (end < 0 || end == _next + name || !_pattern[(_next + name)..end].All(unit => char.IsAsciiLetterOrDigit(unit) || unit == '_'))
            {
                Fail("invalid named capture", end < 0 ? _pattern[start..] : _pattern[start..(end + 1)]);
                return;
            }

            _next = end + 1;
            Push();
            return;
        }

        _next++;
        Flags(start);
    }

    private void Push()
    {
        if (_levels.Count >= MostRepeats)
        {
            Fail("expression nests too deeply", _pattern);
            return;
        }

        _levels.Push(_level);
        _level = _level with { Repeats = 1 };
        _output.Append(_level.IgnoreCase ? "(?i:" : "(?-i:");
        _atom = false;
    }

    private void CloseGroup()
    {
        _next++;
        if (_levels.Count == 0)
        {
            Fail("unexpected )", _pattern);
            return;
        }

        var repeats = _level.Repeats;
        _level = _levels.Pop();
        _output.Append(')');
        (_atom, _atomRepeats) = (true, Math.Max(1, repeats));
    }

    private void Flags(int start)
    {
        var (flags, negative, any) = (_level, false, false);
        for (; _next < _pattern.Length; _next++)
        {
            switch (_pattern[_next])
            {
                case 'i':
                    flags = flags with { IgnoreCase = !negative };
                    break;
                case 'm':
                    flags = flags with { MultiLine = !negative };
                    break;
                case 's':
                    flags = flags with { DotAll = !negative };
                    break;
                case 'U':
                    flags = flags with { Ungreedy = !negative };
                    break;
                case '-' when !negative:
                    (negative, any) = (true, false);
                    continue;
                case ':' or ')' when !negative || any:
                    Apply(flags, _pattern[_next++] == ':');
                    return;
                default:
                    Fail("invalid or unsupported Perl syntax", _pattern[start..(_next + 1)]);
                    return;
            }

            any = true;
        }

        Fail("missing closing )", _pattern);
    }

    private void Apply(Level flags, bool group)
    {
        if (group)
        {
            var outer = _level;
            _level = flags;
            Push();
            _levels.Pop();
            _levels.Push(outer);
            return;
        }

        _output.Append(flags.IgnoreCase ? "(?i)" : "(?-i)");
        _level = flags;
        _atom = false;
    }

    private void Fail(string problem, string part) => _error ??= $"{problem}: `{part}`";

    /// <summary>The flags in force, and how often something repeats in the group.</summary>
    private readonly record struct Level(bool IgnoreCase, bool MultiLine, bool DotAll, bool Ungreedy, int Repeats);
}
