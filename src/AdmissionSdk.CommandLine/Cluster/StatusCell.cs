namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>One cell of the status table.</summary>
internal sealed record StatusCell(bool IsWell, string Text)
{
    /// <summary>True if the right to look is missing.</summary>
    public bool IsUnknown { get; init; }
}
