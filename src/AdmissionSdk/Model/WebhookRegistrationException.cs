namespace AdmissionSdk.Registration;

/// <summary>The failure of webhooks that cannot work as registered. Names every problem and its fix at once.</summary>
public sealed class WebhookRegistrationException : InvalidOperationException
{
    internal WebhookRegistrationException(IReadOnlyList<string> problems)
        : base("The admission webhooks are not registered correctly:" + string.Concat(problems.Select(problem => Environment.NewLine + "- " + problem))) =>
        Problems = problems;

    /// <summary>The problems, each naming the webhook and the fix.</summary>
    public IReadOnlyList<string> Problems { get; }
}
