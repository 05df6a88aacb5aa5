namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>How one webhook is.</summary>
internal sealed record StatusRow(string Webhook, string Type, StatusCell Reachable, StatusCell Certificate, StatusCell Drift);
