using ImageRegistryWebhook.Observability;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Reloading;

/// <summary>
/// The policy in force, which is replaced as a whole: a review reads <see cref="Current"/> once and keeps that policy. A policy with errors is never taken;
/// the last valid policy stays.
/// </summary>
/// <param name="file">The file of the policy.</param>
/// <param name="first">The load at the start of the program.</param>
/// <param name="hasNamespaces">True if the labels of namespaces can be looked up.</param>
/// <param name="metrics">Counts reloads.</param>
/// <param name="logger">Logs reloads.</param>
internal sealed partial class LivePolicy(PolicyFile file, PolicyFileLoad first, bool hasNamespaces, WebhookMetrics metrics, ILogger<LivePolicy> logger)
{
    private volatile PolicyEngine? _current = first.Engine;
    private volatile string? _problem;

    /// <summary>The policy to decide by.</summary>
    public PolicyEngine Current => _current ?? throw new InvalidOperationException("The policy is not valid.");

    /// <summary>The errors of the file while an older policy is in force; else null.</summary>
    public string? Problem => _problem;

    /// <summary>Ends the start of a program whose policy has errors.</summary>
    /// <exception cref="InvalidOperationException">The policy has errors; the message lists all.</exception>
    public void ThrowIfInvalid()
    {
        if (first.Engine is null)
        {
            throw new InvalidOperationException($"The policy is not valid:\n{Lines(first.Errors)}");
        }

        LogLoaded(file.Path, first.Engine.Policy.Rules.Count);
        Warn(first);
    }

    /// <summary>Loads the policy if the file has changed, and takes the new policy if it has no errors.</summary>
    public void Reload()
    {
        if (!file.HasChanged())
        {
            return;
        }

        var load = file.Load();
        var errors = load.Engine is { } engine && engine.NeedsNamespaceLabels && !hasNamespaces
            ? [$"{file.Path} uses namespaceLabels, and the policy at the start of the webhook did not; restart the webhook so that it follows namespaces"]
            : load.Errors;
        if (errors.Count > 0)
        {
            _problem = string.Join("; ", errors);
            metrics.Reloaded(valid: false);
            LogInvalid(Lines(errors));
            return;
        }

        _current = load.Engine;
        _problem = null;
        metrics.Reloaded(valid: true);
        LogReloaded(file.Path, load.Engine!.Policy.Rules.Count);
        Warn(load);
    }

    private static string Lines(IEnumerable<string> problems) => string.Join('\n', problems.Select(problem => "  " + problem));

    private void Warn(PolicyFileLoad load)
    {
        foreach (var warning in load.Warnings)
        {
            LogWarning(warning);
        }
    }

    [LoggerMessage(10, LogLevel.Information, "The policy is {File}, with {Rules} rules.")]
    private partial void LogLoaded(string file, int rules);

    [LoggerMessage(11, LogLevel.Information, "The policy {File} has changed and is in force, with {Rules} rules.")]
    private partial void LogReloaded(string file, int rules);

    [LoggerMessage(12, LogLevel.Error, "The policy has changed and is not valid; the one before stays in force. What is wrong:\n{Problems}")]
    private partial void LogInvalid(string problems);

    [LoggerMessage(13, LogLevel.Warning, "{Warning}")]
    private partial void LogWarning(string warning);
}
