namespace AdmissionSdk.Registration;

/// <summary>An expression of a guard policy that must be true for a request to be allowed.</summary>
public sealed class GuardValidation
{
    internal GuardValidation(string expression, string message, string? messageExpression) =>
        (Expression, Message, MessageExpression) = (expression, message, messageExpression);

    /// <summary>The expression: CEL that results in a bool.</summary>
    public string Expression { get; }

    /// <summary>The message of a denial, on one line.</summary>
    public string Message { get; }

    /// <summary>CEL that makes the message of a denial; null for <see cref="Message"/>, which also stands in if the expression fails.</summary>
    public string? MessageExpression { get; }
}
