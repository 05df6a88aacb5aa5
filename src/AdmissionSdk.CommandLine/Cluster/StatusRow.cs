namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>The state of one webhook.</summary>
internal sealed record StatusRow(string Webhook, string Type, StatusCell Reachable, StatusCell Certificate, StatusCell Drift);
