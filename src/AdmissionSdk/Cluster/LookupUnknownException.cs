namespace AdmissionSdk.Cluster;

/// <summary>The answer of something that is asked in place of a cluster and does not know.</summary>
/// <param name="reason">The reason, fit for a user's eyes.</param>
internal sealed class LookupUnknownException(string reason) : Exception(reason);
