using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared;

namespace AdmissionSdk.Tests.Observability;

/// <summary>The tables of docs/operations.md say what the code does, no more and no less; dashboard and alerts use no other values.</summary>
/// <remarks>Covers docs/operations.md, <see cref="AdmissionMetrics"/>, <see cref="EvictionReasons"/>, <see cref="Log"/>, <see cref="MetricNames"/>, <see cref="MetricTags"/>, <see cref="Outcomes"/>, <see cref="RejectionReasons"/>, <see cref="TagNames"/>.</remarks>
public sealed partial class OperationsPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operations.md"));

    [Fact]
    public void Metrics_Table_IsWhatTheMeterHas() =>
        Assert.Equal(Instruments().Order(StringComparer.Ordinal), Table("instrument").Select(row => string.Join(' ', row[..5])).Order(StringComparer.Ordinal));

    [Fact]
    public void Metrics_Names_AreAllMade() => Assert.Equal(
        Constants(typeof(MetricNames)).Where(name => name != MetricNames.Meter).Order(StringComparer.Ordinal),
        Instruments().Select(row => row.Split(' ')[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void TagValues_Table_IsWhatTheCodeHas() => Assert.Equal(
        TagValues().Select(tag => $"{tag.Key}: {string.Join(' ', tag.Value)}").Order(StringComparer.Ordinal),
        Table("tag").Select(row => $"{row[0]}: {(TagValues().GetValueOrDefault(row[0])?.Length > 0 ? row[1] : "")}").Order(StringComparer.Ordinal));

    [Fact]
    public void RejectionReasons_All_AreAll() =>
        Assert.Equal(Constants(typeof(RejectionReasons)).Order(StringComparer.Ordinal), RejectionReasons.All.Order(StringComparer.Ordinal));

    [Fact]
    public void TagNames_All_AreOnThePage() =>
        Assert.All(Constants(typeof(TagNames)), name => Assert.Contains(Page, line => line.Contains($"`{name}`", StringComparison.Ordinal)));

    [Fact]
    public void LogEvents_Table_IsWhatTheCodeHas()
    {
        var events = typeof(AdmissionMetrics).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Method: method, Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(item => item.Event is not null)
            // Two events choose their level when they happen.
            .Select(item => $"{item.Event!.EventId} {item.Event.EventName} {(item.Event.Level == LogLevel.None ? "" : item.Event.Level)}".TrimEnd())
            .ToArray();

        Assert.Equal(events.Length, events.DistinctBy(text => text.Split(' ')[0]).Count());
        Assert.Equal(
            events.Order(StringComparer.Ordinal),
            Table("id").Select(row => $"{row[0]} {row[1]} {(Enum.TryParse<LogLevel>(row[2], out _) ? row[2] : "")}".TrimEnd()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("alerts.yaml")]
    [InlineData("grafana-dashboard.json")]
    public void Expressions_OfDashboardAndAlerts_UseValuesThatExist(string file)
    {
        // A wrong value is an alert that never fires, and no tool of Prometheus' can see it.
        var text = File.ReadAllText(Path.Combine(Repository.Root, "samples", "ImageRegistryWebhook", "observability", file)).Replace("\\\"", "\"", StringComparison.Ordinal);
        var matchers = Matcher().Matches(text).Where(match => !match.Groups[2].Value.StartsWith('$')).ToArray();

        Assert.True(matchers.Length > 0 || file.EndsWith(".json", StringComparison.Ordinal));
        Assert.All(matchers, match => Assert.All(
            match.Groups[2].Value.Split('|'),
            value => Assert.Contains(value, TagValues()[match.Groups[1].Value.Replace("admission_", "admission.", StringComparison.Ordinal)])));
    }

    private static Dictionary<string, string[]> TagValues() => new()
    {
        [TagNames.Webhook] = [],
        [TagNames.Operation] = [.. new[] { "CREATE", "UPDATE", "DELETE", "CONNECT", "EXPLODE" }.Select(text => MetricTags.For(new Operation(text)))],
        [TagNames.Outcome] = Constants(typeof(Outcomes)),
        [TagNames.Failure] = [.. MetricTags.Failures],
        [TagNames.Reason] = Constants(typeof(RejectionReasons)),
        [TagNames.Eviction] = Constants(typeof(EvictionReasons)),
        [TagNames.Mode] = ["warn", "audit"],
        [TagNames.Result] = [MetricTags.Ok, MetricTags.Failed, RepairTags.Repaired, RepairTags.GivenUp],
        [TagNames.Step] = [RotationTags.Failed, .. Enum.GetValues<RotationStep>().Where(step => step != RotationStep.None).Select(RotationTags.For)],
        [TagNames.Part] = [RepairTags.CaBundle, RepairTags.Registration],
        [TagNames.ErrorType] = [],
    };

    /// <summary>Uses everything the meter has once, and describes each instrument as the page does.</summary>
    private static List<string> Instruments()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var instruments = new Dictionary<string, (Instrument Instrument, string[] Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        void Add<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
            instruments[instrument.Name] = (instrument, [.. tags.ToArray().Select(tag => tag.Key)]);
        listener.SetMeasurementEventCallback<long>(Add);
        listener.SetMeasurementEventCallback<int>(Add);
        listener.SetMeasurementEventCallback<double>(Add);
        listener.Start();

        var metrics = new AdmissionMetrics(services.GetRequiredService<IMeterFactory>());
        metrics.Started("w");
        metrics.Ended("w", "create", Outcomes.Allowed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        metrics.Failed("w", "handler");
        metrics.HandlerFailed("w", "none");
        metrics.WouldDeny("w", "warn", Outcomes.Denied);
        metrics.Patched("w", 1);
        metrics.Abandoned("w", 1);
        metrics.Rejected("w", RejectionReasons.Method);
        metrics.ConnectionsChanged(1);
        metrics.Evicted(EvictionReasons.Address);
        metrics.Refused();
        metrics.CertificateReloaded(MetricTags.Ok);
        metrics.Rotated(RotationTags.Failed);
        metrics.Repaired(RepairTags.CaBundle, RepairTags.Repaired);
        metrics.ObserveCertificate(() => 1);
        metrics.ObserveCa(() => 1);
        metrics.ObserveDrift(() => 1);
        listener.RecordObservableInstruments();

        return [.. instruments.Values.Select(item => string.Join(
            ' ', item.Instrument.Name, PrometheusName(item.Instrument), Kind(item.Instrument), item.Instrument.Unit, string.Join(' ', item.Tags)))];
    }

    // OpenTelemetry's rule: units in words, annotations in braces left out, _total on counters.
    private static string PrometheusName(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return Kind(instrument) == "Counter" ? name + "_total" : name;
    }

    private static string Kind(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    private static string[] Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Static | BindingFlags.Public).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>The rows of the table whose first heading this is, without backticks.</summary>
    private static IEnumerable<string[]> Table(string heading)
    {
        var first = Array.FindIndex(Page, line => line.StartsWith($"| {heading} |", StringComparison.Ordinal));
        Assert.True(first >= 0, string.Create(CultureInfo.InvariantCulture, $"docs/operations.md has no table that begins with {heading}"));
        return Page.Skip(first + 2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
    }

    [GeneratedRegex("(admission_(?!webhook)[a-z]+)(?:=~|!~|!=|=)\"([^\"]*)\"")]
    private static partial Regex Matcher();
}
