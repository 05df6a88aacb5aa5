namespace AdmissionSdk.Cel.Syntax;

/// <summary>Turns text into a tree: operators here, everything that binds closer in the other part.</summary>
/// <remarks>Nesting is bounded as in Kubernetes: 250 of each kind of rule, and 250 nested operators, selections and calls. The first syntax error that cannot be stepped over ends the parse.</remarks>
internal sealed partial class Parser
{
    private const int MaxDepth = 250;
    private const int MaxCodePoints = 100_000;
    private const string Starts = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private readonly Lexer _lexer;
    private readonly IssueList _issues;
    private readonly ParserOptions _options;
    private readonly ExprFactory _factory = new();

    private Token _token;
    private Token _following;
    private bool _stopped;

    private int _exprs;
    private int _relations;
    private int _calcs;
    private int _members;

    private Parser(SourceText source, IssueList issues, ParserOptions options)
    {
        _lexer = new Lexer(source.Text, issues);
        (_issues, _options) = (issues, options);
        _token = _lexer.Read();
        _following = _lexer.Read();
    }

    /// <summary>The tree of a text. Meaningful only if no issue was found.</summary>
    public static Expr Parse(SourceText source, IssueList issues, ParserOptions options)
    {
        var size = Values.CodePoints.Count(source.Text);
        if (size > MaxCodePoints)
        {
            issues.Add(SourceText.Nowhere, $"expression code point size exceeds limit: size: {size}, limit {MaxCodePoints}");
            return new ExprFactory().Ident(0, "");
        }

        var parser = new Parser(source, issues, options);
        var expr = parser.ParseExpr();
        parser.ExpectEnd();
        if (expr.Depth > MaxDepth)
        {
            issues.Add(SourceText.Nowhere, "max recursion depth exceeded");
        }

        if (parser._factory.IsFull)
        {
            issues.Add(SourceText.Nowhere, "expression is too large: its macros expand to more than 500000 nodes");
        }

        return expr;
    }

    private void ExpectEnd()
    {
        if (_token.Kind != TokenKind.End)
        {
            Stop(_token.Position, $"Syntax error: {(_following.Kind == TokenKind.End ? "extraneous" : "mismatched")} input '{_token.Text}' expecting <EOF>");
        }
    }

    private Token Next()
    {
        var token = _token;
        (_token, _following) = (_following, _stopped ? _following : _lexer.Read());
        return token;
    }

    private bool TryTake(string text)
    {
        if (!_token.Is(text))
        {
            return false;
        }

        Next();
        return true;
    }

    private Token Take(string text)
    {
        if (_token.Is(text))
        {
            return Next();
        }

        // As the parser of Kubernetes: a token too many is passed over, a missing one is made up.
        if (_following.Is(text))
        {
            _issues.Add(_token.Position, $"Syntax error: extraneous input '{_token.Shown}' expecting '{text}'");
            Next();
            return Next();
        }

        return Stop(_token.Position, $"Syntax error: mismatched input '{_token.Shown}' expecting '{text}'");
    }

    /// <summary>Reports what the parse cannot go on after, and ends the text there.</summary>
    private Token Stop(int position, string message)
    {
        if (!_stopped)
        {
            _issues.Add(position, message);
        }

        _stopped = true;
        _token = _following = new Token(TokenKind.End, _token.Position, "");
        return _token;
    }

    private bool Enter(ref int depth)
    {
        if (++depth > MaxDepth || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Stop(SourceText.Nowhere, $"expression recursion limit exceeded: {MaxDepth}");
            return false;
        }

        return true;
    }

    private Expr ParseExpr()
    {
        if (!Enter(ref _exprs))
        {
            _exprs--;
            return Broken();
        }

        var condition = ParseLogic(Operators.LogicalOr, "||");
        if (_token.Is("?"))
        {
            var position = Next().Position;
            var yes = ParseLogic(Operators.LogicalOr, "||");
            Take(":");
            var no = ParseExpr();
            condition = Deepen(Call(position, Operators.Conditional, condition, yes, no), 1, condition, yes, no);
        }

        _exprs--;
        return condition;
    }

    private Expr ParseLogic(string function, string symbol)
    {
        var terms = new List<Expr> { ParseTerm() };
        var operators = new List<int>();
        while (_token.Is(symbol))
        {
            operators.Add(Next().Position);
            terms.Add(ParseTerm());
        }

        return operators.Count == 0 ? terms[0] : Balanced(0, operators.Count - 1);

        Expr ParseTerm() => function == Operators.LogicalOr ? ParseLogic(Operators.LogicalAnd, "&&") : ParseRelation();

        // A tree of little depth, however many terms there are.
        Expr Balanced(int low, int high)
        {
            var middle = (low + high + 1) / 2;
            var left = middle == low ? terms[middle] : Balanced(low, middle - 1);
            var right = middle == high ? terms[middle + 1] : Balanced(middle + 1, high);
            return Deepen(Call(operators[middle], function, left, right), 0, left, right);
        }
    }

    private Expr ParseRelation() => ParseChain(ref _relations, ParseSum, RelationOf);

    private Expr ParseSum() => ParseChain(ref _calcs, ParseProduct, static token => token.Is("+") ? Operators.Add : token.Is("-") ? Operators.Subtract : null);

    private Expr ParseProduct() =>
        ParseChain(ref _calcs, ParseUnary, static token => token.Is("*") ? Operators.Multiply : token.Is("/") ? Operators.Divide : token.Is("%") ? Operators.Modulo : null);

    private static string? RelationOf(Token token) => token.Kind is not (TokenKind.Symbol or TokenKind.Keyword) ? null : token.Text switch
    {
        "<" => Operators.Less,
        "<=" => Operators.LessEquals,
        ">" => Operators.Greater,
        ">=" => Operators.GreaterEquals,
        "==" => Operators.Equals,
        "!=" => Operators.NotEquals,
        "in" => Operators.In,
        _ => null,
    };

    private Expr ParseChain(ref int depth, Func<Expr> operand, Func<Token, string?> operatorOf)
    {
        var entered = 0;
        var left = operand();
        while (operatorOf(_token) is { } function)
        {
            entered++;
            if (!Enter(ref depth))
            {
                break;
            }

            var position = Next().Position;
            var right = operand();
            left = Deepen(Call(position, function, left, right), 1, left, right);
        }

        depth -= entered;
        return left;
    }

    private Expr ParseUnary()
    {
        if (_token.Is("!") || (_token.Is("-") && _following.Kind is not (TokenKind.Int or TokenKind.Double)))
        {
            var first = _token;
            var count = 0;
            while (_token.Is(first.Text) && !(first.Text == "-" && count > 0 && _following.Kind is TokenKind.Int or TokenKind.Double))
            {
                Next();
                count++;
            }

            var operand = ParseMember();
            return count % 2 == 0 ? operand : Deepen(Call(first.Position, first.Text == "!" ? Operators.LogicalNot : Operators.Negate, operand), 0, operand);
        }

        return ParseMember();
    }

    private Expr Call(int position, string function, params Expr[] arguments) => _factory.Call(position, function, null, arguments);

    private IdentExpr Broken() => new(_token.Position, "");

    private static Expr Deepen(Expr expr, int levels, params IEnumerable<Expr?> parts)
    {
        expr.Depth = levels + parts.Max(part => part?.Depth ?? 0);
        return expr;
    }
}
