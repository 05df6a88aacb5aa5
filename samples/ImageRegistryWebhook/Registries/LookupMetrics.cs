using System.Diagnostics.Metrics;

namespace ImageRegistryWebhook.Registries;

/// <summary>Counts look-ups. Label values are registries that the policy names, so that a pod's author cannot add values.</summary>
internal sealed class LookupMetrics
{
    public const string MeterName = "ImageRegistryWebhook.Registries";
    public const string Lookups = "image_registry.lookups";
    public const string Duration = "image_registry.lookup.duration";

    /// <summary>The label value for every registry that the policy does not name.</summary>
    public const string OtherRegistry = "other";

    private readonly Counter<long> _lookups;
    private readonly Histogram<double> _duration;

    public LookupMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _lookups = meter.CreateCounter<long>(Lookups, "{lookup}", "Look-ups of images, by registry, outcome, and source of the result.");
        _duration = meter.CreateHistogram<double>(
            Duration,
            "s",
            "The time that look-ups in registries took.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5] });
    }

    /// <summary>Counts a look-up.</summary>
    /// <param name="registry">The registry, or <see cref="OtherRegistry"/>.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="source">The source: <c>registry</c>, <c>cache</c>, <c>joined</c> (an equal look-up under way) or <c>none</c>.</param>
    public void Count(string registry, LookupOutcome outcome, string source) =>
        _lookups.Add(1, new("registry", registry), new("outcome", Name(outcome)), new("source", source));

    public void RecordDuration(string registry, LookupOutcome outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new("registry", registry), new("outcome", Name(outcome)));

    private static string Name(LookupOutcome outcome) => outcome switch
    {
        LookupOutcome.Present => "present",
        LookupOutcome.Absent => "absent",
        LookupOutcome.Unauthorized => "unauthorized",
        LookupOutcome.Overloaded => "overloaded",
        LookupOutcome.Unreachable => "unreachable",
        LookupOutcome.Timeout => "timeout",
        LookupOutcome.BadResponse => "bad_answer",
        LookupOutcome.Refused => "refused",
        _ => "busy",
    };
}
