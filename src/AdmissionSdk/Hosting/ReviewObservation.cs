using System.Diagnostics;
using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>One review's metrics, activity and logging scope. <see cref="Decided"/> is called once, with what is about to be answered.</summary>
internal sealed class ReviewObservation : IDisposable
{
    private readonly AdmissionMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _webhook;
    private readonly AdmissionRequest _request;
    private readonly long _arrived;
    private readonly TimeSpan _budget;
    private readonly Activity? _activity;
    private readonly IDisposable? _scope;
    private readonly string _uid;
    private readonly (string Operation, string Resource, string Namespace, string Name) _what;
    private bool _decided;

    public ReviewObservation(
        AdmissionMetrics metrics,
        TimeProvider time,
        ILogger logger,
        string webhook,
        AdmissionRequest request,
        long arrived,
        TimeSpan budget,
        Activity? activity)
    {
        (_metrics, _time, _logger, _webhook, _request) = (metrics, time, logger, webhook, request);
        (_arrived, _budget, _activity) = (arrived, budget, activity);
        var resource = request.SubResource.Length == 0 ? request.Resource.ToString() : $"{request.Resource}/{request.SubResource}";
        _what = (LogText.Of(request.Operation.Value ?? ""), LogText.Of(resource), LogText.Of(request.Namespace), LogText.Of(request.Name));
        _uid = LogText.Of(request.Uid);
        _scope = logger.BeginScope(new ReviewScope(
            _uid, webhook, _what.Operation, _what.Resource, _what.Namespace, _what.Name, request.DryRun));
        metrics.Started(webhook);
    }

    public void Decided(AdmissionAnswer answer)
    {
        _decided = true;
        var elapsed = _time.GetElapsedTime(_arrived);
        var outcome = OutcomeOf(answer);
        Measure(answer, outcome, elapsed);
        Trace(answer, outcome);
        Log(answer, outcome, elapsed.TotalMilliseconds);
    }

    public void Dispose()
    {
        if (!_decided)
        {
            // Something of ours threw; without this the gauge of active reviews would never come down again.
            Decided(new AdmissionAnswer { Decision = AdmissionDecision.Fail, Failure = FailureKind.Handler, Why = "an error in the SDK" });
        }

        _scope?.Dispose();
        _activity?.Dispose();
    }

    private static string OutcomeOf(AdmissionAnswer answer) => answer switch
    {
        { Failure: FailureKind.Canceled } => Outcomes.Canceled,
        { Decision: AdmissionDecision.Fail, Failure: FailureKind.TimedOut } => Outcomes.TimedOut,
        { Decision: AdmissionDecision.Fail } => Outcomes.Failed,
        { Decision: AdmissionDecision.Deny } => Outcomes.Denied,
        { PatchOperations: > 0 } => Outcomes.Patched,
        _ => Outcomes.Allowed,
    };

    private void Measure(AdmissionAnswer answer, string outcome, TimeSpan elapsed)
    {
        _metrics.Ended(_webhook, OperationTag.Of(_request.Operation), outcome, elapsed, _budget - elapsed);
        if (outcome == Outcomes.Patched)
        {
            _metrics.Patched(_webhook, answer.PatchOperations);
        }

        if (answer.Failure == FailureKind.Busy)
        {
            _metrics.Rejected(_webhook, RejectionReasons.ConcurrentReviews);
        }

        if (answer.Failure != FailureKind.None)
        {
            _metrics.Failed(_webhook, FailureTag.Of(answer.Failure));
        }

        if (answer.Failure == FailureKind.Handler)
        {
            // A type of the application's code: no caller makes up new ones.
            _metrics.HandlerFailed(_webhook, answer.Exception?.GetType().FullName ?? "none");
        }

        if (answer.Instead is { } instead)
        {
            _metrics.WouldDeny(
                _webhook, answer.Mode == EnforcementMode.Warn ? "warn" : "audit", instead == AdmissionDecision.Deny ? Outcomes.Denied : Outcomes.Failed);
        }
    }

    private void Trace(AdmissionAnswer answer, string outcome)
    {
        if (_activity is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        activity.SetTag(TagNames.Webhook, _webhook);
        activity.SetTag(TagNames.Operation, OperationTag.Of(_request.Operation));
        activity.SetTag(TagNames.Outcome, outcome);
        activity.SetTag(TagNames.Uid, _uid);
        activity.SetTag(TagNames.Resource, _what.Resource);
        activity.SetTag(TagNames.Namespace, _what.Namespace);
        activity.SetTag(TagNames.Name, _what.Name);
        activity.SetTag(TagNames.DryRun, _request.DryRun);
        if (answer.Failure is not FailureKind.None and not FailureKind.Canceled)
        {
            activity.SetTag(TagNames.Failure, FailureTag.Of(answer.Failure));
            activity.SetStatus(ActivityStatusCode.Error, LogText.Of(answer.Why ?? ""));
        }
    }

    private void Log(AdmissionAnswer answer, string outcome, double milliseconds)
    {
        var (operation, resource, @namespace, name) = _what;
        if (answer.Failure == FailureKind.None)
        {
            _logger.Decided(_webhook, outcome, operation, resource, @namespace, name, milliseconds, answer.PatchOperations);
        }
        else if (answer.Failure == FailureKind.Canceled)
        {
            _logger.Canceled(_webhook, operation, resource, @namespace, name, milliseconds);
        }
        else
        {
            // An exception or a bad patch is a defect; the rest may come from whoever made the request. What a decoder throws quotes the object,
            // and would be a stack trace for anyone who posts one.
            var isDefect = answer.Failure is FailureKind.Handler or FailureKind.Patch;
            var level = isDefect ? LogLevel.Error : LogLevel.Warning;
            var (failure, why) = (FailureTag.Of(answer.Failure), LogText.Of(answer.Why ?? ""));
            _logger.NotDecided(level, isDefect ? answer.Exception : null, _webhook, failure, outcome, operation, resource, @namespace, name, milliseconds, why);
        }
    }
}
