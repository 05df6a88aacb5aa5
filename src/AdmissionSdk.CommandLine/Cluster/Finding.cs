namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>One cell of the status table.</summary>
internal sealed record Finding(bool IsWell, string Text);
