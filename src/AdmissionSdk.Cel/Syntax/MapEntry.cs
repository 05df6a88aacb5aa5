namespace AdmissionSdk.Cel.Syntax;

/// <summary>A key and its value; marked with <c>?</c>, the entry is left out if the value is <c>optional.none()</c>.</summary>
internal sealed record MapEntry(int Position, Expr Key, Expr Value, bool Optional);
