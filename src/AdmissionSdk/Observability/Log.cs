using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Observability;

/// <summary>
/// Every line the SDK logs. Events 1xx hosting, 3xx dispatch, 4xx connections, 5xx certificates, 6xx cluster look-ups, 7xx registration, 8xx recording.
/// A review is one line, and a refused request a line at Debug. No line holds an object, and text from a caller is clipped.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Debug, "{Webhook}: turned a request away ({Reason}), status {StatusCode}", EventName = "RequestRejected")]
    public static partial void RequestRejected(this ILogger logger, string webhook, string reason, int statusCode);

    [LoggerMessage(101, LogLevel.Debug, "Raised the thread pool's minimum from {Before} to {Minimum} threads", EventName = "ThreadPoolRaised")]
    public static partial void ThreadPoolRaised(this ILogger logger, int before, int minimum);

    [LoggerMessage(102, LogLevel.Information, "Draining: not ready any more, serving for another {Delay}", EventName = "Draining")]
    public static partial void Draining(this ILogger logger, TimeSpan delay);

    [LoggerMessage(103, LogLevel.Information, "Drain delay over: {Active} reviews to finish, new ones are sent elsewhere", EventName = "Refusing")]
    public static partial void Refusing(this ILogger logger, int active);

    [LoggerMessage(104, LogLevel.Warning, "The host stops after {ShutdownTimeout}, but draining takes up to {Needed} (drain delay {Delay}, longest webhook timeout {Longest}): set HostOptions.ShutdownTimeout, and terminationGracePeriodSeconds of the pod, to at least that", EventName = "ShutdownTimeoutTooShort")]
    public static partial void ShutdownTimeoutTooShort(
        this ILogger logger, TimeSpan shutdownTimeout, TimeSpan needed, TimeSpan delay, TimeSpan longest);

    [LoggerMessage(105, LogLevel.Warning, "Stopping with {Active} reviews unfinished", EventName = "Unfinished")]
    public static partial void Unfinished(this ILogger logger, int active);

    [LoggerMessage(106, LogLevel.Information, "Raised the host's shutdown timeout to {Needed} (drain delay {Delay}, longest webhook timeout {Longest}): terminationGracePeriodSeconds of the pod must be at least that", EventName = "ShutdownTimeoutRaised")]
    public static partial void ShutdownTimeoutRaised(this ILogger logger, TimeSpan needed, TimeSpan delay, TimeSpan longest);

    [LoggerMessage(107, LogLevel.Warning, "The thread pool refused a minimum of {Minimum} threads and keeps {Before}: when handlers block their threads, responses are late; lower MaxConcurrentReviews", EventName = "ThreadPoolNotRaised")]
    public static partial void ThreadPoolNotRaised(this ILogger logger, int before, int minimum);

    [LoggerMessage(108, LogLevel.Warning, "{Count} admission webhooks are registered and none is served: call app.MapAdmissionWebhooks()", EventName = "NotMapped")]
    public static partial void NotMapped(this ILogger logger, int count);

    [LoggerMessage(113, LogLevel.Information, "Serves {Webhook} at {Path} ({Type})", EventName = "Serves")]
    public static partial void Serves(this ILogger logger, string webhook, string path, WebhookType type);

    [LoggerMessage(109, LogLevel.Debug, "Reviewed a made-up object of each of {Types} types in {ElapsedMilliseconds} ms before the first request", EventName = "WarmedUp")]
    public static partial void WarmedUp(this ILogger logger, int types, double elapsedMilliseconds);

    [LoggerMessage(110, LogLevel.Information, "Could not review a made-up {Type}, so the first review of one takes longer: {Reason}", EventName = "NotWarmedUp")]
    public static partial void NotWarmedUp(this ILogger logger, string type, string reason);

    [LoggerMessage(112, LogLevel.Debug, "Could not review a made-up {Type} with all of its members, and took a smaller one: {Reason}", EventName = "WarmedUpInPart")]
    public static partial void WarmedUpInPart(this ILogger logger, string type, string reason);

    [LoggerMessage(111, LogLevel.Warning, "Reviewing made-up objects took more than {Limit}, and the application starts without: does the constructor, a setter or a converter of a model block?", EventName = "WarmUpTooSlow")]
    public static partial void WarmUpTooSlow(this ILogger logger, TimeSpan limit);

    [LoggerMessage(114, LogLevel.Warning, "AllowedHosts is {AllowedHosts}, and the API server calls {ServingName}, so every review would get status 400, and probes, whose host is the pod's address, too: set AllowedHosts to *", EventName = "HostsFiltered")]
    public static partial void HostsFiltered(this ILogger logger, string allowedHosts, string servingName);

    [LoggerMessage(300, LogLevel.Information, "{Webhook}: {Outcome} {Operation} {Resource} {Namespace}/{Name} for {User} in {ElapsedMilliseconds} ms, {PatchOperations} patch operations (uid {Uid}){Detail}", EventName = "Decided")]
    public static partial void Decided(
        this ILogger logger, string webhook, string outcome, string operation, string resource, string @namespace, string name, string user,
        double elapsedMilliseconds, int patchOperations, string uid, string detail);

    [LoggerMessage(EventId = 301, Message = "{Webhook}: no decision ({Failure}), answered {Outcome}: {Operation} {Resource} {Namespace}/{Name} for {User} in {ElapsedMilliseconds} ms (uid {Uid}): {Reason}{Detail}", EventName = "NotDecided")]
    public static partial void NotDecided(
        this ILogger logger, LogLevel level, Exception? exception, string webhook, string failure, string outcome, string operation, string resource,
        string @namespace, string name, string user, double elapsedMilliseconds, string uid, string reason, string detail);

    [LoggerMessage(302, LogLevel.Debug, "{Webhook}: the API server hung up on {Operation} {Resource} {Namespace}/{Name} after {ElapsedMilliseconds} ms", EventName = "Canceled")]
    public static partial void Canceled(
        this ILogger logger, string webhook, string operation, string resource, string @namespace, string name, double elapsedMilliseconds);

    [LoggerMessage(303, LogLevel.Warning, "{Webhook}: a handler still runs after its review was answered, and keeps its slot; does it ignore its CancellationToken?", EventName = "Abandoned")]
    public static partial void Abandoned(this ILogger logger, string webhook);

    [LoggerMessage(304, LogLevel.Information, "{Webhook}: now mode {Mode}, OnError {OnError}, OnTooLarge {OnTooLarge}, timeout {Timeout}, at most {MaxConcurrentReviews} reviews at once", EventName = "SettingsInForce")]
    public static partial void SettingsInForce(
        this ILogger logger, string webhook, EnforcementMode mode, ErrorPolicy onError, TooLargePolicy onTooLarge, TimeSpan timeout, int maxConcurrentReviews);

    [LoggerMessage(305, LogLevel.Error, "The changed configuration is not valid, and the settings in force stay. {Problems}", EventName = "SettingsRefused")]
    public static partial void SettingsRefused(this ILogger logger, string problems);

    [LoggerMessage(306, LogLevel.Error, "{Webhook}: the services of a review could not be disposed; the response stands", EventName = "ScopeNotClosed")]
    public static partial void ScopeNotClosed(this ILogger logger, Exception exception, string webhook);

    [LoggerMessage(600, LogLevel.Information, "Knows {Count} namespaces, and follows their changes", EventName = "NamespacesListed")]
    public static partial void NamespacesListed(this ILogger logger, int count);

    [LoggerMessage(601, LogLevel.Warning, "Cannot list or watch namespaces; trying again in {Pause}", EventName = "NamespacesUnreachable")]
    public static partial void NamespacesUnreachable(this ILogger logger, Exception exception, TimeSpan pause);

    [LoggerMessage(602, LogLevel.Warning, "No cluster is known, so every look-up is Unknown ({Reason}): set KUBECONFIG or register an IKubernetes; in a test, register a look-up, such as FakeCluster of AdmissionSdk.Testing", EventName = "ClusterNotKnown")]
    public static partial void ClusterNotKnown(this ILogger logger, string reason);
}
