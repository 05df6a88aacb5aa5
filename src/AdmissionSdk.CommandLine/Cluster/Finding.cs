namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>One cell of the status table.</summary>
internal sealed record Finding(bool IsWell, string Text)
{
    /// <summary>Whether nobody could look.</summary>
    public bool IsUnknown { get; init; }
}
