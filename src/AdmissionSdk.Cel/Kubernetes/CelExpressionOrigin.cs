namespace AdmissionSdk.Cel;

/// <summary>The reason why a server compiles an expression, which decides the libraries it knows.</summary>
public enum CelExpressionOrigin
{
    /// <summary>Someone creates or changes the object with the expression. The server knows the libraries of one version before, so that it can be rolled back.</summary>
    New,

    /// <summary>The expression is stored. The server knows all its libraries.</summary>
    Stored,
}
