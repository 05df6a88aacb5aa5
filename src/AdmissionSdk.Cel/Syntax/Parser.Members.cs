using System.Globalization;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Syntax;

/// <content>Literals, names, lists, maps and messages, and the selections, calls and indexes after them.</content>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop", "package", "namespace",
        "null", "return", "true", "var", "void", "while",
    ];

    private Expr ParseMember()
    {
        var entered = 1;
        if (!Enter(ref _members))
        {
            _members--;
            return Broken();
        }

        var operand = ParsePrimary();
        while ((_token.Is(".") || _token.Is("[")) && !_stopped)
        {
            entered++;
            if (!Enter(ref _members))
            {
                break;
            }

            operand = _token.Is(".") ? ParseSelection(operand) : ParseIndex(operand);
        }

        _members -= entered;
        return operand;
    }

    private Expr ParseSelection(Expr operand)
    {
        var dot = Next();
        var optional = _token.Is("?");
        if (optional)
        {
            Next();
        }

        if (_token.Kind is not (TokenKind.Identifier or TokenKind.EscapedIdentifier))
        {
            Stop(_token.Position, _token.Kind is TokenKind.Keyword && _token.Text != "in"
                ? $"Syntax error: mismatched input '{_token.Text}' expecting IDENTIFIER"
                : $"Syntax error: no viable alternative at input '.{(_token.Kind == TokenKind.End ? "" : _token.Text)}'");
            return operand;
        }

        var name = Next();
        if (name.Kind == TokenKind.Identifier && !optional && _token.Is("("))
        {
            var position = Next().Position;
            var arguments = ParseArguments(")");
            return Deepen(MacroOr(position, name.Text, operand, arguments), 1, [operand, .. arguments]);
        }

        var field = name.Kind == TokenKind.EscapedIdentifier ? name.Text[1..^1] : name.Text;
        if (!optional)
        {
            return Deepen(_factory.Select(dot.Position, operand, field), 1, operand);
        }

        if (!_options.OptionalSyntax)
        {
            _issues.Add(dot.Position, "unsupported syntax '.?'");
        }

        return Deepen(Call(dot.Position, Operators.OptionalSelect, operand, _factory.Literal(name.Position, new StringValue(field))), 1, operand);
    }

    private Expr ParseIndex(Expr operand)
    {
        var position = Next().Position;
        var optional = TryTake("?");
        if (optional && !_options.OptionalSyntax)
        {
            _issues.Add(position, "unsupported syntax '[?'");
        }

        var index = ParseExpr();
        Take("]");
        return Deepen(Call(position, optional ? Operators.OptionalIndex : Operators.Index, operand, index), 1, operand, index);
    }

    private List<Expr> ParseArguments(string close)
    {
        var arguments = new List<Expr>();
        if (TryTake(close))
        {
            return arguments;
        }

        do
        {
            arguments.Add(ParseExpr());
        }
        while (TryTake(",") && !_stopped);
        Take(close);
        return arguments;
    }

    private Expr ParsePrimary()
    {
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Symbol when token.Text is "(":
                Next();
                var nested = ParseExpr();
                Take(")");
                return nested;
            case TokenKind.Symbol when token.Text is "[":
                return ParseList();
            case TokenKind.Symbol when token.Text is "{":
                return ParseMap();
            case TokenKind.Symbol when token.Text is "." && _following.Kind == TokenKind.Identifier:
                Next();
                return ParseName(token.Position, ".");
            case TokenKind.Identifier:
                return ParseName(token.Position, "");
            case TokenKind.Symbol when token.Text is "-" && _following.Kind is TokenKind.Int or TokenKind.Double:
                Next();
                return ParseNumber(token.Position, "-");
            case TokenKind.Int or TokenKind.Uint or TokenKind.Double:
                return ParseNumber(token.Position, "");
            case TokenKind.Text or TokenKind.Bytes:
                return ParseText();
            case TokenKind.Keyword when token.Text is not "in":
                Next();
                return _factory.Literal(token.Position, token.Text == "null" ? NullValue.Instance : BoolValue.Of(token.Text == "true"));
            default:
                return ParseUnexpected();
        }
    }

    private Expr ParseUnexpected()
    {
        var startsNext = _following.Kind is not (TokenKind.End or TokenKind.Symbol or TokenKind.EscapedIdentifier)
            || _following.Is("(") || _following.Is("[") || _following.Is("{") || _following.Is(".") || _following.Is("-") || _following.Is("!");
        if (_token.Kind != TokenKind.End && startsNext && !_following.Is("in"))
        {
            _issues.Add(_token.Position, $"Syntax error: extraneous input '{_token.Shown}' expecting {Starts}");
            Next();
            return Enter(ref _exprs) ? ParsePrimary() : Broken();
        }

        Stop(_token.Position, $"Syntax error: mismatched input '{_token.Shown}' expecting {Starts}");
        return Broken();
    }

    private Expr ParseName(int position, string dot)
    {
        var name = Next();
        if (_token.Is("(") && !Reserved.Contains(name.Text))
        {
            var open = Next().Position;
            var arguments = ParseArguments(")");
            return Deepen(MacroOr(open, dot + name.Text, null, arguments), 0, [null, .. arguments]);
        }

        if (StructName(name) is { } typeName)
        {
            return ParseStruct(dot + typeName);
        }

        if (Reserved.Contains(name.Text))
        {
            _issues.Add(position, $"reserved identifier: {name.Text}");
        }

        return _factory.Ident(name.Position, dot + name.Text);
    }

    // A name that leads to a brace is a message's. The words before the brace are taken only if there is one.
    private string? StructName(Token first)
    {
        if (_token.Is("{"))
        {
            return first.Text;
        }

        if (!_token.Is(".") || _following.Kind != TokenKind.Identifier || _lexer.NamesUntilBrace() is not { } more)
        {
            return null;
        }

        Next();
        var name = first.Text + "." + Next().Text;
        for (var i = 0; i < more; i++)
        {
            Next();
            name += "." + Next().Text;
        }

        return name;
    }

    private Expr ParseNumber(int position, string sign)
    {
        var token = Next();
        var text = token.Kind == TokenKind.Uint ? token.Text[..^1] : token.Text;
        if (token.Kind == TokenKind.Double)
        {
            var number = double.Parse(sign + text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return double.IsFinite(number) ? _factory.Literal(position, new DoubleValue(number)) : Invalid(position, "invalid double literal");
        }

        var isHex = text.StartsWith("0x", StringComparison.Ordinal);
        var isWhole = isHex
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var magnitude)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out magnitude);
        if (token.Kind == TokenKind.Uint)
        {
            return isWhole ? _factory.Literal(position, new UintValue(magnitude)) : Invalid(position, "invalid uint literal");
        }

        var limit = sign == "-" ? 1UL << 63 : long.MaxValue;
        return isWhole && magnitude <= limit
            ? _factory.Literal(position, IntValue.Of(sign == "-" ? unchecked(-(long)magnitude) : (long)magnitude))
            : Invalid(position, "invalid int literal");
    }

    private Expr ParseText()
    {
        var token = Next();
        var (value, error) = Unescaper.Unescape(token.Text, token.Kind == TokenKind.Bytes);
        return value is null ? Invalid(token.Position, error!) : _factory.Literal(token.Position, value);
    }

    private Expr Invalid(int position, string message)
    {
        _issues.Add(position, message);
        return _factory.Ident(position, "");
    }

    private Expr MacroOr(int position, string name, Expr? target, List<Expr> arguments)
    {
        if (!_stopped && !_factory.IsFull && _options.Find(name, arguments.Count, target is not null) is { } macro)
        {
            var call = new MacroCall(_factory, position, target, arguments);
            var expr = macro.Expand(call);
            if (call.Error is { } error)
            {
                return Invalid(call.ErrorPosition, error);
            }

            if (expr is not null)
            {
                return expr;
            }
        }

        return _factory.Call(position, name, target, arguments);
    }
}
