namespace ImageRegistryWebhook.Admission;

/// <summary>The four lists of a pod that name images. A policy that forgets one can be walked past.</summary>
internal enum ImageFieldList
{
    Containers,
    InitContainers,
    EphemeralContainers,
    Volumes,
}
