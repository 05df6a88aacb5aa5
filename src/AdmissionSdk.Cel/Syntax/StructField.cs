namespace AdmissionSdk.Cel.Syntax;

internal sealed record StructField(int Position, string Name, Expr Value, bool Optional);
