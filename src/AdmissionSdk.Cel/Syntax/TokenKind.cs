namespace AdmissionSdk.Cel.Syntax;

internal enum TokenKind
{
    End,
    Identifier,
    EscapedIdentifier,
    Int,
    Uint,
    Double,
    Text,
    Bytes,
    Keyword,
    Symbol,
}
