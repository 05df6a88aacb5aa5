namespace ImageRegistryWebhook.Admission;

/// <summary>The four lists of a pod that name images. A policy that misses one list can be bypassed.</summary>
internal enum ImageFieldList
{
    Containers,
    InitContainers,
    EphemeralContainers,
    Volumes,
}
