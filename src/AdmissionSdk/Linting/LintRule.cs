namespace AdmissionSdk.Linting;

/// <summary>One way to hurt a cluster. Ids are never used again for something else.</summary>
public sealed class LintRule
{
    internal LintRule(
        string id, LintSeverity severity, string title, string explanation, string fix, Func<LintContext, IEnumerable<(string? Webhook, string Message)>> check)
    {
        Id = id;
        Severity = severity;
        Title = title;
        Explanation = explanation;
        Fix = fix;
        Check = check;
    }

    /// <summary>Such as <c>ADM1001</c>.</summary>
    public string Id { get; }

    /// <summary>How bad it is.</summary>
    public LintSeverity Severity { get; }

    /// <summary>The rule in a few words.</summary>
    public string Title { get; }

    /// <summary>What happens, and why.</summary>
    public string Explanation { get; }

    /// <summary>What to do.</summary>
    public string Fix { get; }

    internal Func<LintContext, IEnumerable<(string? Webhook, string Message)>> Check { get; }
}
