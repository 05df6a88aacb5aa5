using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Tests.Support;

/// <summary>A serving certificate as cert-manager issues it: root, intermediate, leaf. Only the root is trusted.</summary>
internal sealed class TestCertificate
{
    private TestCertificate(X509Certificate2 root, X509Certificate2 intermediate, X509Certificate2 leaf)
    {
        Root = root;
        CertificatePem = leaf.ExportCertificatePem() + "\n" + intermediate.ExportCertificatePem() + "\n";
        KeyPem = leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();
        Thumbprint = leaf.Thumbprint;
        EncryptedKeyPem = leaf.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem(
            "secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        ReversedPem = intermediate.ExportCertificatePem() + "\n" + leaf.ExportCertificatePem() + "\n";
    }

    public X509Certificate2 Root { get; }

    public string CertificatePem { get; }

    public string KeyPem { get; }

    /// <summary>The key under a password.</summary>
    public string EncryptedKeyPem { get; }

    /// <summary>The chain with the authority first.</summary>
    public string ReversedPem { get; }

    public string Thumbprint { get; }

    public static TestCertificate Create(DateTimeOffset now, TimeSpan? lifetime = null)
    {
        // The authorities live long, so that a test of the leaf's dates is not about the authorities.
        var root = SelfSigned("CN=test root", now);
        var intermediate = Issue("CN=test intermediate", isAuthority: true, root, now.AddDays(-2), now.AddYears(5));
        var leaf = Issue("CN=webhook", isAuthority: false, intermediate, now.AddDays(-1), now + (lifetime ?? TimeSpan.FromDays(90)));
        return new TestCertificate(root, intermediate, leaf);
    }

    private static X509Certificate2 SelfSigned(string name, DateTimeOffset now)
    {
        var request = Request(name, ECDsa.Create(ECCurve.NamedCurves.nistP256), isAuthority: true);
        return request.CreateSelfSigned(now.AddDays(-3), now.AddYears(10));
    }

    private static X509Certificate2 Issue(string name, bool isAuthority, X509Certificate2 issuer, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var serial = RandomNumberGenerator.GetBytes(16);
        return Request(name, key, isAuthority).Create(issuer, notBefore, notAfter, serial).CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            isAuthority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : X509KeyUsageFlags.DigitalSignature, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("webhook.test.svc");
        request.CertificateExtensions.Add(names.Build());
        return request;
    }
}
