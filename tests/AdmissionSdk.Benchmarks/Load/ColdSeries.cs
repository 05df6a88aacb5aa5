namespace AdmissionSdk.Benchmarks.Load;

/// <summary>The measurements of one target in processes of its own, one of each round.</summary>
/// <param name="spans">The number of spans of reviews.</param>
internal sealed class ColdSeries(int spans)
{
    /// <summary>Microseconds of processor time for each review, for each span.</summary>
    public List<double>[] Cpu { get; } = [.. Enumerable.Range(0, spans).Select(_ => new List<double>())];

    /// <summary>Milliseconds until the first review was answered.</summary>
    public List<double> First { get; } = [];

    /// <summary>Microseconds of processor time for each review when the process is warm.</summary>
    public List<double> Steady { get; } = [];

    /// <summary>Methods compiled until the end of the last span.</summary>
    public List<double> Methods { get; } = [];

    /// <summary>Milliseconds of compiling until then.</summary>
    public List<double> Compiling { get; } = [];
}
