namespace AdmissionSdk.Cel.Syntax;

/// <summary>A word of an expression. Keywords are <c>true</c>, <c>false</c>, <c>null</c> and <c>in</c>.</summary>
internal readonly record struct Token(TokenKind Kind, int Position, string Text)
{
    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Keyword && Text == text;

    public string Shown => Kind == TokenKind.End ? "<EOF>" : Text;
}
