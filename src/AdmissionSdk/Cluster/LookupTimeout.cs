namespace AdmissionSdk.Cluster;

/// <summary>How long a look-up may take, as far as that makes sense.</summary>
internal static class LookupTimeout
{
    // Contract 8.1: no review lives longer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>What it must be, when it is not.</summary>
    public static string? WhyNot(TimeSpan timeout) =>
        timeout > TimeSpan.Zero && timeout <= Longest ? null : "it must be more than zero and at most 30 seconds, the longest that a review can take";
}
