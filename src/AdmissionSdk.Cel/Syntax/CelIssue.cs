namespace AdmissionSdk.Cel;

/// <summary>Something wrong in an expression, found before it runs.</summary>
public sealed class CelIssue
{
    internal CelIssue(int line, int column, string message) => (Line, Column, Message) = (line, column, message);

    /// <summary>The line, from 1; -1 for an issue of the expression as a whole.</summary>
    public int Line { get; }

    /// <summary>The column in code points, from 1; 0 for an issue of the expression as a whole.</summary>
    public int Column { get; }

    /// <summary>Kubernetes' text, as <c>undeclared reference to 'x' (in container '')</c>.</summary>
    public string Message { get; }

    /// <summary>The place and the message.</summary>
    /// <returns>As <c>1:8: undeclared reference to 'x' (in container '')</c>.</returns>
    public override string ToString() => $"{Line}:{Column}: {Message}";
}
