namespace AdmissionSdk.Linting;

/// <summary>A way in which the registered webhooks can hurt a cluster.</summary>
/// <param name="Rule">The rule that found it.</param>
/// <param name="Webhook">The webhook's name; null when it is about all of them together.</param>
/// <param name="Message">What it is here.</param>
public sealed record LintFinding(LintRule Rule, string? Webhook, string Message)
{
    /// <summary>The finding in one line.</summary>
    /// <returns>For example <c>ADM1001 warning: guard.registry.example.com: ...</c>.</returns>
    public override string ToString() =>
        $"{Rule.Id} {Rule.Severity.ToString().ToLowerInvariant()}: {(Webhook is null ? "" : $"{Webhook}: ")}{Message} Fix: {Rule.Fix}";
}
