using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Tests.Support;

/// <summary>The certificate of a client, and the authority that signed it.</summary>
internal sealed class TestClient
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private TestClient(string authorityPem, X509Certificate2 certificate, X509Certificate2Collection intermediates) =>
        (AuthorityPem, Certificate, Intermediates) = (authorityPem, certificate, intermediates);

    public string AuthorityPem { get; }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2Collection Intermediates { get; }

    public static TestClient Create(
        DateTimeOffset now, string name = "kube-apiserver", string? dnsName = null, int daysLeft = 1, bool forServers = false, bool withIntermediate = false)
    {
        var root = Issue("client root", null, now.AddDays(-20), now.AddYears(1), new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var issuer = withIntermediate
            ? Issue("client intermediate", root, now.AddDays(-20), now.AddMonths(6), new X509BasicConstraintsExtension(true, false, 0, critical: true))
            : root;
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(dnsName ?? "client.test");
        var leaf = Issue(
            name,
            issuer,
            now.AddDays(-10),
            now.AddDays(daysLeft),
            new X509EnhancedKeyUsageExtension([new Oid(forServers ? ServerAuthentication : ClientAuthentication)], critical: false),
            names.Build());
        return new TestClient(root.ExportCertificatePem(), leaf, withIntermediate ? [issuer] : []);
    }

    private static X509Certificate2 Issue(
        string name, X509Certificate2? issuer, DateTimeOffset from, DateTimeOffset until, params X509Extension[] extensions)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        Array.ForEach(extensions, request.CertificateExtensions.Add);
        // Key identifiers, as every authority sets them, tell two authorities of one name apart.
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is not null)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        }

        return issuer is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(16)).CopyWithPrivateKey(key);
    }
}
