namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Where the serving certificate comes from.</summary>
public enum CertificateSource
{
    /// <summary>cert-manager makes it, renews it, and fills in the CA bundle.</summary>
    CertManager,

    /// <summary>A secret of type <c>kubernetes.io/tls</c> that is made otherwise; the CA bundle is given with <c>--ca-file</c>.</summary>
    Secret,
}
