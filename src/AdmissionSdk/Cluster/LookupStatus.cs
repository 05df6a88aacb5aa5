namespace AdmissionSdk.Cluster;

/// <summary>The outcome of a look-up in the cluster.</summary>
public enum LookupStatus
{
    /// <summary>The cluster could not be asked, or did not respond in time. The object may exist: return Fail, not Deny or Allow.</summary>
    Unknown,

    /// <summary>The object exists.</summary>
    Found,

    /// <summary>The object does not exist.</summary>
    NotFound,
}
