using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// The certificate authority of one test control plane. The authority signs the server's certificate and one client certificate for each
/// user, where the common name is the user and each organization a group, as Kubernetes reads them.
/// </summary>
internal sealed class ControlPlaneCertificates : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly DateTimeOffset _notBefore = TimeProvider.System.GetUtcNow().AddHours(-1);
    private readonly ECDsa _authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ControlPlaneCertificates()
    {
        var request = Request(new X500DistinguishedName("CN=admission-sdk-test-ca"), _authorityKey);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Authority = request.CreateSelfSigned(_notBefore, NotAfter);
    }

    public X509Certificate2 Authority { get; }

    private DateTimeOffset NotAfter => _notBefore.AddDays(7);

    /// <summary>Signs the API server's certificate for every name by which a client on this machine may call the server.</summary>
    public PemPair IssueServer(IPAddress serviceAddress)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(serviceAddress);
        foreach (var name in new[] { "localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local" })
        {
            names.AddDnsName(name);
        }

        return Issue(new X500DistinguishedName("CN=kube-apiserver"), ServerAuthentication, names.Build());
    }

    /// <summary>Signs a client certificate that Kubernetes reads as this user in these groups.</summary>
    public PemPair IssueClient(string user, IEnumerable<string> groups)
    {
        var subject = new X500DistinguishedNameBuilder();
        foreach (var group in groups)
        {
            subject.AddOrganizationName(group);
        }

        subject.AddCommonName(user);
        return Issue(subject.Build(), ClientAuthentication, null);
    }

    /// <summary>Creates a key that signs service account tokens. The key needs no certificate.</summary>
    public static PemPair CreateServiceAccountKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new PemPair(key.ExportSubjectPublicKeyInfoPem(), key.ExportECPrivateKeyPem());
    }

    public void Dispose()
    {
        Authority.Dispose();
        _authorityKey.Dispose();
    }

    private PemPair Issue(X500DistinguishedName subject, string usage, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(subject, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Authority, true, false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        using var certificate = request.Create(Authority, _notBefore, NotAfter, RandomNumberGenerator.GetBytes(16));
        return new PemPair(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    private static CertificateRequest Request(X500DistinguishedName subject, ECDsa key) => new(subject, key, HashAlgorithmName.SHA256);
}
