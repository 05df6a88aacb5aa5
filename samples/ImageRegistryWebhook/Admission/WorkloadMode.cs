namespace ImageRegistryWebhook.Admission;

/// <summary>What happens to workloads, such as Deployments, whose pods would be refused.</summary>
internal enum WorkloadMode
{
    /// <summary>They are not looked at; their pods are.</summary>
    Off,

    /// <summary>Whoever applies them is warned.</summary>
    Warn,

    /// <summary>They are refused.</summary>
    Deny,
}
