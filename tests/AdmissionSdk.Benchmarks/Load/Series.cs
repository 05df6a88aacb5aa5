namespace AdmissionSdk.Benchmarks.Load;

/// <summary>The measurements of one target, one of each round.</summary>
internal sealed class Series
{
    public List<double> Cpu { get; } = [];

    public List<double> Rate { get; } = [];

    public List<double> Allocated { get; } = [];

    public double[] Latencies { get; set; } = [];

    /// <summary>Microseconds of processor time for each review.</summary>
    public double MedianCpu => Median(Cpu);

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public double Percentile(double share) => Latencies.Length == 0 ? double.NaN : Latencies[(int)Math.Ceiling(share * Latencies.Length) - 1];
}
