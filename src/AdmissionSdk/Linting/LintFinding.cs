namespace AdmissionSdk.Linting;

/// <summary>A way in which the registered webhooks can hurt a cluster.</summary>
public sealed class LintFinding
{
    internal LintFinding(LintRule rule, string? webhook, string message) => (Rule, Webhook, Message) = (rule, webhook, message);

    /// <summary>The rule.</summary>
    public LintRule Rule { get; }

    /// <summary>The webhook's name; null when the finding is about all webhooks together.</summary>
    public string? Webhook { get; }

    /// <summary>The finding as a sentence.</summary>
    public string Message { get; }

    /// <summary>Writes the finding in one line.</summary>
    /// <returns>For example <c>ADM1001 warning: guard.registry.example.com: ...</c>.</returns>
    public override string ToString() =>
        $"{Rule.Id} {Rule.Severity.ToString().ToLowerInvariant()}: {(Webhook is null ? "" : $"{Webhook}: ")}{Message} Fix: {Rule.Fix}";
}
