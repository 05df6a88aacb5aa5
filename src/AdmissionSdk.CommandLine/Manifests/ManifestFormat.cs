namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>The form of an installation's files.</summary>
internal enum ManifestFormat
{
    /// <summary>Plain files.</summary>
    Plain,

    /// <summary>Plain files, and a kustomization.yaml that lists the files in order.</summary>
    Kustomize,

    /// <summary>A Helm chart to start from.</summary>
    Helm,

    /// <summary>The webhook configurations only.</summary>
    Webhooks,

    /// <summary>The webhook configurations as files for the API server's staticManifestsDir.</summary>
    Static,
}
