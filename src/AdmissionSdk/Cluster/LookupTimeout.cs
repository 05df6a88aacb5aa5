namespace AdmissionSdk.Cluster;

/// <summary>Checks the timeout of a look-up.</summary>
internal static class LookupTimeout
{
    // Contract 8.1: the longest life of a review.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Finds the rule that a timeout breaks; null when the timeout is fine.</summary>
    public static string? FindProblem(TimeSpan timeout) =>
        timeout > TimeSpan.Zero && timeout <= Longest ? null : "it must be more than zero and at most 30 seconds, the longest that a review can take";
}
