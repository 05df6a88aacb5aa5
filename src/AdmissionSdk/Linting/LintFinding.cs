namespace AdmissionSdk.Linting;

/// <summary>A way in which the registered webhooks can hurt a cluster.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Webhook">The webhook's name; null when the finding is about all webhooks together.</param>
/// <param name="Message">The finding as a sentence.</param>
public sealed record LintFinding(LintRule Rule, string? Webhook, string Message)
{
    /// <summary>The finding in one line.</summary>
    /// <returns>For example <c>ADM1001 warning: guard.registry.example.com: ...</c>.</returns>
    public override string ToString() =>
        $"{Rule.Id} {Rule.Severity.ToString().ToLowerInvariant()}: {(Webhook is null ? "" : $"{Webhook}: ")}{Message} Fix: {Rule.Fix}";
}
