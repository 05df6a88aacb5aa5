namespace AdmissionSdk.Cel.Syntax;

internal sealed class StructExpr(int position, string typeName, IReadOnlyList<StructField> fields) : Expr(position)
{
    public string TypeName { get; } = typeName;

    public IReadOnlyList<StructField> Fields { get; } = fields;
}
