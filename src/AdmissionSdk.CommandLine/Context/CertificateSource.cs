#pragma warning disable IDE0130 // Public types of the package are in one namespace.
namespace AdmissionSdk.CommandLine;
#pragma warning restore IDE0130

/// <summary>The origin of the serving certificate.</summary>
public enum CertificateSource
{
    /// <summary>The application makes and renews its CA and its certificates, and fills in the CA bundle: <see cref="AdmissionSdk.Certificates.CertificateMode.Managed"/>.</summary>
    Managed,

    /// <summary>cert-manager makes and renews the certificate, and fills in the CA bundle.</summary>
    CertManager,

    /// <summary>A secret of type <c>kubernetes.io/tls</c> that another tool makes, or the command <c>certificates</c>; <c>--ca-file</c> has the CA bundle.</summary>
    Secret,
}
