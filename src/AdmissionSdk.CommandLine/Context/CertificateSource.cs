#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>The origin of the serving certificate.</summary>
public enum CertificateSource
{
    /// <summary>cert-manager makes and renews the certificate, and fills in the CA bundle.</summary>
    CertManager,

    /// <summary>A secret of type <c>kubernetes.io/tls</c> that another tool makes; <c>--ca-file</c> has the CA bundle.</summary>
    Secret,
}
