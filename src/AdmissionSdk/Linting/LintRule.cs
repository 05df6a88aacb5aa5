namespace AdmissionSdk.Linting;

/// <summary>A rule about one way to hurt a cluster. Ids are never used again for another rule.</summary>
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

    /// <summary>The id, such as <c>ADM1001</c>.</summary>
    public string Id { get; }

    /// <summary>The severity of the findings.</summary>
    public LintSeverity Severity { get; }

    /// <summary>The rule in a few words.</summary>
    public string Title { get; }

    /// <summary>The harm, and its cause.</summary>
    public string Explanation { get; }

    /// <summary>The remedy.</summary>
    public string Fix { get; }

    internal Func<LintContext, IEnumerable<(string? Webhook, string Message)>> Check { get; }
}
