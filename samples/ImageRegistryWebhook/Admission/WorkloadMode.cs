namespace ImageRegistryWebhook.Admission;

/// <summary>The treatment of workloads, such as Deployments, whose pods would be denied.</summary>
internal enum WorkloadMode
{
    /// <summary>Workloads are not reviewed; only pods are.</summary>
    Off,

    /// <summary>Workloads are allowed with a warning.</summary>
    Warn,

    /// <summary>Workloads are denied.</summary>
    Deny,
}
