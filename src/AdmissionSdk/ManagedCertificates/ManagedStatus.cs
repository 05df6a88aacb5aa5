namespace AdmissionSdk.ManagedCertificates;

/// <summary>The findings of the last look at the cluster, for the readiness probe.</summary>
internal sealed class ManagedStatus
{
    private volatile Report _last = new(null, []);

    /// <summary>The reason for which reviews cannot reach this replica; null if they can, or if nobody knows.</summary>
    public string? Obstacle => _last.Obstacle;

    /// <summary>Problems that do not keep reviews away.</summary>
    public IReadOnlyList<string> Problems => _last.Problems;

    /// <summary>The CA bundle of this application; null until it is known, and in other modes.</summary>
    public byte[]? Bundle { get; set; }

    public void Show(string? obstacle, IReadOnlyList<string> problems) => _last = new Report(obstacle, problems);

    private sealed record Report(string? Obstacle, IReadOnlyList<string> Problems);
}
