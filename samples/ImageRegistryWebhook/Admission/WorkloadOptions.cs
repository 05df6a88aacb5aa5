namespace ImageRegistryWebhook.Admission;

/// <summary>Options of the review of workloads.</summary>
/// <param name="Mode">The treatment of workloads whose pods would be denied.</param>
internal sealed record WorkloadOptions(WorkloadMode Mode);
