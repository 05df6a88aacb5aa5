namespace AdmissionSdk.Cel;

/// <summary>The outcome of compiling an expression: a program, or the issues why there is none.</summary>
public sealed class CelCompilation
{
    internal CelCompilation(CelProgram program) => (Program, Issues) = (program, []);

    internal CelCompilation(IReadOnlyList<CelIssue> issues, string message) => (Issues, Message) = (issues, message);

    /// <summary>The program; null if the expression is refused.</summary>
    public CelProgram? Program { get; }

    /// <summary>The issues in the order of the text; empty if the expression is accepted.</summary>
    public IReadOnlyList<CelIssue> Issues { get; }

    /// <summary>The text with which the API server refuses the expression, as <c>compilation failed: ERROR: &lt;input&gt;:1:1: …</c>; null if the expression is accepted.</summary>
    public string? Message { get; }
}
