using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Certificates that an API server could be told to trust.</summary>
internal static class TestAuthority
{
    public static X509Certificate2 Create(DateTimeOffset notAfter)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        return request.CreateSelfSigned(notAfter.AddYears(-20), notAfter);
    }
}
