using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>Makes a private key usable for TLS on Windows, by a round trip through PKCS#12: a key that exists only in memory is not.</summary>
internal static class PortableKey
{
    public static X509Certificate2 Of(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
        }
    }
}
