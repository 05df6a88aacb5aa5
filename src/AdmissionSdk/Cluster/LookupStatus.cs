namespace AdmissionSdk.Cluster;

/// <summary>What is known about an object of the cluster.</summary>
public enum LookupStatus
{
    /// <summary>Nothing: the cluster could not be asked, or did not answer in time. Not the same as "does not exist": answer with Fail, not with Deny or Allow.</summary>
    Unknown,

    /// <summary>It exists.</summary>
    Found,

    /// <summary>It does not exist.</summary>
    NotFound,
}
