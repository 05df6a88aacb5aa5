using System.Diagnostics;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Observability;
using AdmissionSdk.Reviews;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Hosting;

/// <summary>One review's metrics, activity and logging scope. <see cref="End"/> is called once, with the outcome.</summary>
internal sealed class ReviewObservation : IDisposable
{
    private readonly AdmissionMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ReviewExchange _exchange;
    private readonly Activity? _activity;
    private readonly ReviewScope _review;
    private readonly IDisposable? _scope;
    private bool _ended;

    public ReviewObservation(AdmissionMetrics metrics, TimeProvider time, ILogger logger, ReviewExchange exchange, Activity? activity)
    {
        (_metrics, _time, _logger, _exchange, _activity) = (metrics, time, logger, exchange, activity);
        var request = exchange.Request;
        _review = new ReviewScope
        {
            Uid = LogText.Of(request.Uid),
            Webhook = exchange.Webhook.Name,
            Operation = LogText.Of(request.Operation.Value ?? ""),
            GroupVersionResource = request.Resource,
            Subresource = request.Subresource,
            Namespace = LogText.Of(request.Namespace),
            Name = LogText.Of(request.Name),
            DryRun = request.DryRun,
        };
        _scope = logger.BeginScope(_review);
        metrics.Started(_review.Webhook);
    }

    private string User => _exchange.Request.User.Username is { Length: > 0 } name ? LogText.Of(name) : "(no user)";

    private string Operation => MetricTags.For(_exchange.Request.Operation);

    public void End(ReviewOutcome outcome)
    {
        _ended = true;
        var elapsed = _time.GetElapsedTime(_exchange.Arrived);
        var tag = Tag(outcome);
        Measure(outcome, tag, elapsed);
        Trace(outcome, tag);
        Log(outcome, tag, elapsed.TotalMilliseconds);
    }

    public void Dispose()
    {
        if (!_ended)
        {
            // Something of ours threw; without this the gauge of active reviews would never come down again.
            var failed = new AdmissionResponse { Decision = AdmissionDecision.Fail };
            End(new ReviewOutcome(failed) { Failure = FailureKind.Handler, FailureDetail = "an error in the SDK" });
        }

        _scope?.Dispose();
        _activity?.Dispose();
    }

    private static string Tag(ReviewOutcome outcome) => outcome switch
    {
        { Failure: FailureKind.Canceled } => Outcomes.Canceled,
        { Response.Decision: AdmissionDecision.Fail, Failure: FailureKind.TimedOut } => Outcomes.TimedOut,
        { Response.Decision: AdmissionDecision.Fail } => Outcomes.Failed,
        { Response.Decision: AdmissionDecision.Deny } => Outcomes.Denied,
        { PatchOperations: > 0 } => Outcomes.Patched,
        _ => Outcomes.Allowed,
    };

    private void Measure(ReviewOutcome outcome, string tag, TimeSpan elapsed)
    {
        var webhook = _review.Webhook;
        _metrics.Ended(webhook, Operation, tag, elapsed, _exchange.Deadline.Budget - elapsed);
        if (tag == Outcomes.Patched)
        {
            _metrics.Patched(webhook, outcome.PatchOperations);
        }

        if (outcome.Failure is FailureKind.Busy or FailureKind.Memory)
        {
            _metrics.Rejected(webhook, outcome.Failure == FailureKind.Busy ? RejectionReasons.ConcurrentReviews : RejectionReasons.BytesInFlight);
        }

        if (outcome.Failure != FailureKind.None)
        {
            _metrics.Failed(webhook, MetricTags.For(outcome.Failure));
        }

        if (outcome.Failure == FailureKind.Handler)
        {
            // A type of the application's code: no caller makes up new ones.
            _metrics.HandlerFailed(webhook, outcome.Exception?.GetType().FullName ?? "none");
        }

        if (outcome.Unenforced is { } decision)
        {
            _metrics.WouldDeny(
                webhook, MetricTags.For(_exchange.Settings.Mode), decision == AdmissionDecision.Deny ? Outcomes.Denied : Outcomes.Failed);
        }
    }

    private void Trace(ReviewOutcome outcome, string tag)
    {
        if (_activity is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        activity.SetTag(TagNames.Webhook, _review.Webhook);
        activity.SetTag(TagNames.Operation, Operation);
        activity.SetTag(TagNames.Outcome, tag);
        activity.SetTag(TagNames.Uid, _review.Uid);
        activity.SetTag(TagNames.Resource, _review.Resource);
        activity.SetTag(TagNames.Namespace, _review.Namespace);
        activity.SetTag(TagNames.Name, _review.Name);
        activity.SetTag(TagNames.DryRun, _review.DryRun);
        if (outcome.Failure is not FailureKind.None and not FailureKind.Canceled)
        {
            activity.SetTag(TagNames.Failure, MetricTags.For(outcome.Failure));
            activity.SetStatus(ActivityStatusCode.Error, LogText.Of(outcome.FailureDetail ?? ""));
        }
    }

    private void Log(ReviewOutcome outcome, string tag, double milliseconds)
    {
        var review = _review;
        if (outcome.Failure == FailureKind.None)
        {
            if (!_logger.IsEnabled(LogLevel.Information))
            {
                return;
            }

            _logger.Decided(
                review.Webhook, tag, review.Operation, review.Resource, review.Namespace, review.Name, User, milliseconds, outcome.PatchOperations,
                review.Uid, DecisionText.Of(outcome));
        }
        else if (outcome.Failure == FailureKind.Canceled)
        {
            _logger.Canceled(review.Webhook, review.Operation, review.Resource, review.Namespace, review.Name, milliseconds);
        }
        else
        {
            // An exception or a bad patch is a defect; the rest may come from whoever made the request. An exception of a decoder quotes the object,
            // and would be a stack trace for anyone who posts one.
            var isDefect = outcome.Failure is FailureKind.Handler or FailureKind.Patch;
            var level = isDefect ? LogLevel.Error : LogLevel.Warning;
            if (!_logger.IsEnabled(level))
            {
                return;
            }

            var (failure, detail) = (MetricTags.For(outcome.Failure), LogText.Of(outcome.FailureDetail ?? ""));
            _logger.NotDecided(
                level, isDefect ? outcome.Exception : null, review.Webhook, failure, tag,
                review.Operation, review.Resource, review.Namespace, review.Name, User, milliseconds, review.Uid, detail, DecisionText.Of(outcome));
        }
    }
}
