#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>Where the serving certificate comes from.</summary>
public enum CertificateSource
{
    /// <summary>cert-manager makes it, renews it, and fills in the CA bundle.</summary>
    CertManager,

    /// <summary>A secret of type <c>kubernetes.io/tls</c> that is made otherwise; the CA bundle is given with <c>--ca-file</c>.</summary>
    Secret,
}
