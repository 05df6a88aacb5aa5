using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace AdmissionSdk.Benchmarks;

/// <summary>A cost divided by the size of the object: flat if the cost grows no faster than the size.</summary>
internal sealed class PerKilobyteColumn(string name, Func<BenchmarkReport, double> cost, string format) : IColumn
{
    public string Id => name;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => name + " of the object as received";

    public bool IsAvailable(Summary summary) => true;

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
        summary[benchmarkCase] is { Success: true } report && benchmarkCase.Parameters[nameof(PatchBenchmarks.Object)] is string name
            ? (cost(report) * 1024 / (name.EndsWith("keys", StringComparison.Ordinal) ? WideMapBenchmarks.Json(name) : RecordedPods.Json(name)).Length).ToString(format, CultureInfo.InvariantCulture)
            : "?";

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
}
