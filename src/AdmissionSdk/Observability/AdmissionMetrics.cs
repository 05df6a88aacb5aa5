using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AdmissionSdk.Observability;

/// <summary>The instruments of the meter <c>AdmissionSdk</c>, which take primitive values only.</summary>
internal sealed class AdmissionMetrics
{
    // The range from an allow in memory to the longest timeout that Kubernetes allows.
    private static readonly double[] DurationBuckets =
        [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 20, 30];

    private static readonly double[] RemainingBuckets = [0, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 20, 30];
    private static readonly double[] OperationBuckets = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    private readonly Meter _meter;
    private readonly Counter<long> _reviews;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _active;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _remaining;
    private readonly Counter<long> _wouldDeny;
    private readonly Histogram<long> _patchOperations;
    private readonly Counter<long> _handlerFailures;
    private readonly UpDownCounter<long> _abandoned;
    private readonly Counter<long> _rejections;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _rotations;
    private readonly Counter<long> _repairs;

    public AdmissionMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MetricNames.Meter);
        _reviews = _meter.CreateCounter<long>(MetricNames.Reviews, "{review}", "Reviews answered.");
        _duration = _meter.CreateHistogram(
            MetricNames.ReviewDuration, "s", "Time from the arrival of the request to the decision.", tags: null, Buckets(DurationBuckets));
        _active = _meter.CreateUpDownCounter<long>(MetricNames.ActiveReviews, "{review}", "Reviews being worked on.");
        _failures = _meter.CreateCounter<long>(MetricNames.ReviewFailures, "{review}", "Reviews without a decision, whatever the response.");
        _remaining = _meter.CreateHistogram(
            MetricNames.DeadlineRemaining, "s", "Time left until the deadline at the decision.", tags: null, Buckets(RemainingBuckets));
        _wouldDeny = _meter.CreateCounter<long>(
            MetricNames.WouldDeny, "{review}", "Reviews that were allowed only because the webhook is in warn or audit mode.");
        _patchOperations = _meter.CreateHistogram(
            MetricNames.PatchOperations, "{operation}", "Operations of a patch.", tags: null,
            new InstrumentAdvice<long> { HistogramBucketBoundaries = [.. OperationBuckets.Select(bound => (long)bound)] });
        _handlerFailures = _meter.CreateCounter<long>(MetricNames.HandlerFailures, "{failure}", "Handlers that threw or could not decide.");
        _abandoned = _meter.CreateUpDownCounter<long>(
            MetricNames.AbandonedCalls, "{call}", "Handlers that still run although their review has been answered.");
        _rejections = _meter.CreateCounter<long>(MetricNames.RequestRejections, "{request}", "Requests turned away before a handler saw them.");
        _connections = _meter.CreateUpDownCounter<long>(MetricNames.Connections, "{connection}", "Open connections of the listener with limits.");
        _evictions = _meter.CreateCounter<long>(MetricNames.ConnectionEvictions, "{connection}", "Connections or requests that were cut because a limit was met.");
        _refusals = _meter.CreateCounter<long>(MetricNames.ConnectionRefusals, "{connection}", "Connections refused because too many were being closed.");
        _reloads = _meter.CreateCounter<long>(MetricNames.CertificateReloads, "{certificate}", "New serving certificates, used or refused.");
        _rotations = _meter.CreateCounter<long>(MetricNames.CertificateRotations, "{step}", "Changes of managed certificates by this replica.");
        _repairs = _meter.CreateCounter<long>(MetricNames.ConfigurationRepairs, "{repair}", "Webhook configurations that somebody changed, and this replica put back.");
    }

    /// <summary>Lets the failure counters begin at zero, because a rate ignores the first value of a series.</summary>
    public void Begin(string webhook, IEnumerable<string> failures, IEnumerable<string> reasons)
    {
        foreach (var failure in failures)
        {
            _failures.Add(0, Tag(TagNames.Webhook, webhook), Tag(TagNames.Failure, failure));
        }

        foreach (var reason in reasons)
        {
            _rejections.Add(0, Tag(TagNames.Webhook, webhook), Tag(TagNames.Reason, reason));
        }
    }

    public void Started(string webhook) => _active.Add(1, Tag(TagNames.Webhook, webhook));

    public void Ended(string webhook, string operation, string outcome, TimeSpan duration, TimeSpan remaining)
    {
        _active.Add(-1, Tag(TagNames.Webhook, webhook));
        var tags = new TagList { Tag(TagNames.Webhook, webhook), Tag(TagNames.Operation, operation), Tag(TagNames.Outcome, outcome) };
        _reviews.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
        _remaining.Record(Math.Max(0, remaining.TotalSeconds), Tag(TagNames.Webhook, webhook));
    }

    public void Failed(string webhook, string failure) =>
        _failures.Add(1, Tag(TagNames.Webhook, webhook), Tag(TagNames.Failure, failure));

    public void HandlerFailed(string webhook, string errorType) =>
        _handlerFailures.Add(1, Tag(TagNames.Webhook, webhook), Tag(TagNames.ErrorType, errorType));

    public void WouldDeny(string webhook, string mode, string outcome) =>
        _wouldDeny.Add(1, Tag(TagNames.Webhook, webhook), Tag(TagNames.Mode, mode), Tag(TagNames.Outcome, outcome));

    public void Patched(string webhook, int operations) => _patchOperations.Record(operations, Tag(TagNames.Webhook, webhook));

    public void Abandoned(string webhook, int change) => _abandoned.Add(change, Tag(TagNames.Webhook, webhook));

    public void Rejected(string webhook, string reason) =>
        _rejections.Add(1, Tag(TagNames.Webhook, webhook), Tag(TagNames.Reason, reason));

    public void ConnectionsChanged(int change) => _connections.Add(change);

    public void Evicted(string reason) => _evictions.Add(1, Tag(TagNames.Eviction, reason));

    public void Refused() => _refusals.Add(1);

    public void CertificateReloaded(string result) => _reloads.Add(1, Tag(TagNames.Result, result));

    public void Rotated(string step) => _rotations.Add(1, Tag(TagNames.Step, step));

    public void Repaired(string part, string result) => _repairs.Add(1, Tag(TagNames.Part, part), Tag(TagNames.Result, result));

    /// <summary>Reports the seconds until the CA of managed certificates expires; nothing until the CA is known.</summary>
    public void ObserveCa(Func<double?> secondsLeft) =>
        _meter.CreateObservableGauge(
            MetricNames.CaExpiry,
            () => secondsLeft() is { } seconds ? [new Measurement<double>(seconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "Time until the CA of managed certificates expires.");

    /// <summary>Reports the seconds until the certificate expires; nothing until a certificate is loaded.</summary>
    public void ObserveCertificate(Func<double?> secondsLeft) =>
        _meter.CreateObservableGauge(
            MetricNames.CertificateExpiry,
            () => secondsLeft() is { } seconds ? [new Measurement<double>(seconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "Time until the serving certificate expires.");

    /// <summary>Reports the number of places where the cluster's webhook configurations differ from the code; nothing while the number is unknown.</summary>
    public void ObserveDrift(Func<int?> places) =>
        _meter.CreateObservableGauge(
            MetricNames.ConfigurationDrift,
            () => places() is { } count ? [new Measurement<int>(count)] : Array.Empty<Measurement<int>>(),
            "{field}",
            "Places where the cluster's webhook configurations differ from the code.");

    private static InstrumentAdvice<double> Buckets(double[] bounds) => new() { HistogramBucketBoundaries = bounds };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
