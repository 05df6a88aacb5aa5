namespace AdmissionSdk.Cel.Syntax;

/// <summary>A node of the tree of an expression.</summary>
internal abstract class Expr(int position)
{
    /// <summary>The UTF-16 index in the text that messages point at: an operator's, an opening bracket's, or the first one.</summary>
    public int Position { get; } = position;

    /// <summary>How many nested operators, selections, calls and indexes the text has here, which the parser bounds.</summary>
    public int Depth { get; set; }
}
