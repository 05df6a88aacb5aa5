namespace ImageRegistryWebhook.Admission;

/// <summary>Whether and how workloads are looked at.</summary>
internal sealed record WorkloadOptions(WorkloadMode Mode);
