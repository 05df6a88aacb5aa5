using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Observability;

/// <content>Events 7xx: registration, linter, drift.</content>
internal static partial class Log
{
    [LoggerMessage(EventId = 700, Message = "{Rule}: {Webhook}: {Message} Fix: {Fix}", EventName = "LintFound")]
    public static partial void LintFound(this ILogger logger, LogLevel level, string rule, string webhook, string message, string fix);

    [LoggerMessage(701, LogLevel.Warning, "The cluster's {Configuration} differs from the code in {Count} places; the first is {Drift}. Run `diff` to see all, `apply` to mend them", EventName = "DriftFound")]
    public static partial void DriftFound(this ILogger logger, string configuration, int count, string drift);

    [LoggerMessage(702, LogLevel.Information, "The cluster's webhook configurations match the code", EventName = "NoDrift")]
    public static partial void NoDrift(this ILogger logger);

    [LoggerMessage(703, LogLevel.Warning, "Cannot compare the cluster's webhook configurations with the code: {Reason}", EventName = "DriftUnknown")]
    public static partial void DriftUnknown(this ILogger logger, Exception exception, string reason);

    [LoggerMessage(704, LogLevel.Debug, "Not in a pod, and no IKubernetes: the cluster's webhook configurations are not watched for drift", EventName = "DriftNotWatched")]
    public static partial void DriftNotWatched(this ILogger logger);

    [LoggerMessage(706, LogLevel.Warning, "{Configuration} was changed by {Managers} ({Drift}), and was put back", EventName = "RegistrationRepaired")]
    public static partial void RegistrationRepaired(this ILogger logger, string configuration, string managers, string drift);

    [LoggerMessage(707, LogLevel.Error, "The registration is not put back: {Problem}", EventName = "RegistrationNotRepaired")]
    public static partial void RegistrationNotRepaired(this ILogger logger, string problem);

    [LoggerMessage(705, LogLevel.Warning, "The linter could not check the webhooks: {Reason}", EventName = "LintNotRun")]
    public static partial void LintNotRun(this ILogger logger, string reason);
}
