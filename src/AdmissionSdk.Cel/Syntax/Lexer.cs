namespace AdmissionSdk.Cel.Syntax;

/// <summary>Splits an expression into words. A character that begins no word is reported and passed over.</summary>
internal sealed class Lexer(string text, IssueList issues)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "[", "]", "{", "}", "(", ")", ".", ",", "-", "!", "?", ":", "+", "*", "/", "%"];

    private int _next;

    public Token Read()
    {
        while (true)
        {
            SkipBlanks();
            if (_next >= text.Length)
            {
                return new Token(TokenKind.End, text.Length, "");
            }

            var start = _next;
            if (TryRead() is { } token)
            {
                return token;
            }

            issues.Add(start, $"Syntax error: token recognition error at: '{text[start.._next]}'");
        }
    }

    /// <summary>The number of further pairs of dot and name before a brace, or null if something else follows. Nothing is taken.</summary>
    public int? NamesUntilBrace()
    {
        var start = _next;
        var pairs = 0;
        try
        {
            while (true)
            {
                SkipBlanks();
                if (At(_next, static unit => unit == '{'))
                {
                    return pairs;
                }

                if (!At(_next, static unit => unit == '.'))
                {
                    return null;
                }

                _next++;
                SkipBlanks();
                var word = _next;
                Skip(static unit => char.IsAsciiLetterOrDigit(unit) || unit == '_');
                if (_next == word || char.IsAsciiDigit(text[word]))
                {
                    return null;
                }

                pairs++;
            }
        }
        finally
        {
            _next = start;
        }
    }

    private void SkipBlanks()
    {
        for (; _next < text.Length; _next++)
        {
            if (text.AsSpan(_next).StartsWith("//"))
            {
                var end = text.IndexOf('\n', _next);
                _next = end < 0 ? text.Length - 1 : end;
            }
            else if (text[_next] is not ('\t' or ' ' or '\r' or '\n' or '\f'))
            {
                return;
            }
        }
    }

    /// <summary>The word at hand, or null after the characters that are none.</summary>
    private Token? TryRead()
    {
        var start = _next;
        if (StringLexer.Match(text, start) is { } literal)
        {
            _next = literal.End;
            return literal.IsWhole ? new Token(literal.IsBytes ? TokenKind.Bytes : TokenKind.Text, start, text[start.._next]) : null;
        }

        var first = text[start];
        if (char.IsAsciiLetter(first) || first == '_')
        {
            return Word();
        }

        if (char.IsAsciiDigit(first) || (first == '.' && At(start + 1, char.IsAsciiDigit)))
        {
            return Number();
        }

        if (first == '`')
        {
            return Escaped();
        }

        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(start).StartsWith(symbol))
            {
                _next += symbol.Length;
                return new Token(TokenKind.Symbol, start, symbol);
            }
        }

        // A lone = & or | takes the character after it along.
        _next += char.IsSurrogatePair(text, start) || (first is '=' or '&' or '|' && start + 1 < text.Length) ? 2 : 1;
        return null;
    }

    private Token Word()
    {
        var start = _next;
        Skip(static unit => char.IsAsciiLetterOrDigit(unit) || unit == '_');
        var word = text[start.._next];
        return new Token(word is "true" or "false" or "null" or "in" ? TokenKind.Keyword : TokenKind.Identifier, start, word);
    }

    private Token? Escaped()
    {
        var start = _next++;
        Skip(static unit => char.IsAsciiLetterOrDigit(unit) || unit is '_' or '.' or '-' or '/' or ' ');
        if (_next == start + 1 || !At(_next, static unit => unit == '`'))
        {
            return null;
        }

        _next++;
        return new Token(TokenKind.EscapedIdentifier, start, text[start.._next]);
    }

    private Token Number()
    {
        var start = _next;
        if (text.AsSpan(start).StartsWith("0x") && At(start + 2, char.IsAsciiHexDigit))
        {
            _next += 2;
            Skip(char.IsAsciiHexDigit);
            return Whole(start);
        }

        Skip(char.IsAsciiDigit);
        var isDouble = false;
        if (At(_next, static unit => unit == '.') && At(_next + 1, char.IsAsciiDigit))
        {
            _next++;
            Skip(char.IsAsciiDigit);
            isDouble = true;
        }

        var sign = At(_next + 1, static unit => unit is '+' or '-') ? 1 : 0;
        if (At(_next, static unit => unit is 'e' or 'E') && At(_next + 1 + sign, char.IsAsciiDigit))
        {
            _next += 1 + sign;
            Skip(char.IsAsciiDigit);
            isDouble = true;
        }

        return isDouble ? new Token(TokenKind.Double, start, text[start.._next]) : Whole(start);
    }

    private Token Whole(int start)
    {
        if (!At(_next, static unit => unit is 'u' or 'U'))
        {
            return new Token(TokenKind.Int, start, text[start.._next]);
        }

        _next++;
        return new Token(TokenKind.Uint, start, text[start.._next]);
    }

    private bool At(int index, Func<char, bool> isIt) => index < text.Length && isIt(text[index]);

    private void Skip(Func<char, bool> belongs)
    {
        while (_next < text.Length && belongs(text[_next]))
        {
            _next++;
        }
    }
}
