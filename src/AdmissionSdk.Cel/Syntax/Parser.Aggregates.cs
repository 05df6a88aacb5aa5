namespace AdmissionSdk.Cel.Syntax;

/// <content>Lists, maps and messages.</content>
internal sealed partial class Parser
{
    private Expr ParseList()
    {
        var position = Next().Position;
        var elements = new List<Expr>();
        var optionals = new HashSet<int>();
        while (!_token.Is("]") && !_stopped)
        {
            if (_token.Is(",") && _following.Is("]"))
            {
                Next();
                break;
            }

            if (TakeOptional())
            {
                optionals.Add(elements.Count);
            }

            elements.Add(ParseExpr());
            if (!TryTake(","))
            {
                break;
            }
        }

        Take("]");
        return Deepen(_factory.List(position, elements, optionals), 0, [null, .. elements]);
    }

    private Expr ParseMap()
    {
        var position = Next().Position;
        var entries = new List<MapEntry>();
        while (!_token.Is("}") && !_stopped)
        {
            if (_token.Is(",") && _following.Is("}"))
            {
                Next();
                break;
            }

            if (_token.Kind == TokenKind.End)
            {
                Stop(_token.Position, $"Syntax error: mismatched input '<EOF>' expecting {Starts.Replace("'(', '.',", "'}', '(', '.', ',',", StringComparison.Ordinal).Replace("'!',", "'!', '?',", StringComparison.Ordinal)}");
                break;
            }

            var optional = TakeOptional();
            var key = ParseExpr();
            var colon = Take(":").Position;
            entries.Add(new MapEntry(colon, key, ParseExpr(), optional));
            if (!TryTake(","))
            {
                break;
            }
        }

        Take("}");
        return Deepen(_factory.Map(position, entries), 0, [null, .. entries.Select(entry => entry.Key), .. entries.Select(entry => entry.Value)]);
    }

    private Expr ParseStruct(string name)
    {
        var position = Next().Position;
        var fields = new List<StructField>();
        while (!_token.Is("}") && !_stopped)
        {
            if (_token.Is(",") && _following.Is("}"))
            {
                Next();
                break;
            }

            var optional = TakeOptional();
            if (_token.Kind is not (TokenKind.Identifier or TokenKind.EscapedIdentifier))
            {
                Stop(_token.Position, $"Syntax error: mismatched input '{_token.Shown}' expecting {{'}}', ',', '?', IDENTIFIER, ESC_IDENTIFIER}}");
                break;
            }

            var field = Next();
            var colon = Take(":").Position;
            fields.Add(new StructField(colon, field.Text.Trim('`'), ParseExpr(), optional));
            if (!TryTake(","))
            {
                break;
            }
        }

        Take("}");
        return Deepen(_factory.Struct(position, name, fields), 0, [null, .. fields.Select(field => field.Value)]);
    }

    private bool TakeOptional()
    {
        var position = _token.Position;
        if (!TryTake("?"))
        {
            return false;
        }

        if (!_options.OptionalSyntax)
        {
            _issues.Add(position, "unsupported syntax '?'");
        }

        return true;
    }
}
