using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>A certificate authority with its key: makes itself, and signs serving certificates.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    /// <summary>The time by which certificates begin earlier than now, for API servers whose clocks are behind.</summary>
    public static readonly TimeSpan BackDating = TimeSpan.FromHours(1);

    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const int LongestCommonName = 64;

    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2Collection _intermediates;

    private CertificateAuthority(X509Certificate2 certificate, X509Certificate2Collection intermediates) =>
        (_certificate, _intermediates) = (certificate, intermediates);

    /// <summary>The authority's own certificate in PEM, which is the CA bundle.</summary>
    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    public DateTimeOffset NotAfter => Utc(_certificate.NotAfter);

    public DateTimeOffset NotBefore => Utc(_certificate.NotBefore);

    /// <summary>Makes an authority with a new ECDSA P-256 key.</summary>
    public static CertificateAuthority Create(string owner, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // Two authorities of one name would be hard to tell apart during a rotation.
        var suffix = $" webhook CA {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var name = owner.Length + suffix.Length > LongestCommonName ? owner[..(LongestCommonName - suffix.Length)] : owner;
        var request = new CertificateRequest(CommonName(name + suffix), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return new CertificateAuthority(request.CreateSelfSigned(now - BackDating, now + lifetime), []);
    }

    /// <summary>Reads an authority; intermediates that lead to a root may follow its certificate.</summary>
    /// <exception cref="CertificateFileException">The texts are not a certificate and its unencrypted key, or the certificate may not sign.</exception>
    public static CertificateAuthority Read(string certificatePem, string keyPem)
    {
        var (certificate, intermediates) = new CertificateFiles(certificatePem, keyPem).Parse();
        return certificate.Extensions.OfType<X509BasicConstraintsExtension>().Any(extension => extension.CertificateAuthority)
            ? new CertificateAuthority(certificate, intermediates)
            : throw new CertificateFileException(isKey: false, "the first certificate is not a CA's (basicConstraints CA:TRUE), so it may not sign others");
    }

    public string ExportKeyPem()
    {
        using AsymmetricAlgorithm key = (AsymmetricAlgorithm?)_certificate.GetECDsaPrivateKey() ?? _certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem() + "\n";
    }

    /// <summary>Signs a serving certificate with a new ECDSA P-256 key. The certificate ends with the authority at the latest.</summary>
    /// <param name="names">DNS names and IP addresses.</param>
    /// <param name="now">The present time.</param>
    /// <param name="lifetime">The time from now to the certificate's end.</param>
    /// <returns>The certificate with the intermediates that a client needs, and its key, both in PEM.</returns>
    public CertificateFiles Issue(IReadOnlyList<string> names, DateTimeOffset now, TimeSpan lifetime)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(CommonName(names.FirstOrDefault(name => name.Length <= LongestCommonName) ?? "webhook"), key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, includeKeyIdentifier: HasKeyIdentifier, includeIssuerAndSerial: !HasKeyIdentifier));
        var (from, until) = (now - BackDating, now + lifetime);
        using var issued = request.Create(
            _certificate.SubjectName, Signer(), from > NotBefore ? from : NotBefore, until < NotAfter ? until : NotAfter, Serial());
        return new CertificateFiles(
            string.Join('\n', [issued.ExportCertificatePem(), .. Chain().Select(item => item.ExportCertificatePem())]) + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public void Dispose() => _certificate.Dispose();

    private bool HasKeyIdentifier => _certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Any();

    // A root is in the bundle of every client that trusts it.
    private IEnumerable<X509Certificate2> Chain() =>
        _certificate.SubjectName.RawData.AsSpan().SequenceEqual(_certificate.IssuerName.RawData) ? [] : [_certificate, .. _intermediates];

    private X509SignatureGenerator Signer() => _certificate.GetECDsaPrivateKey() is { } ecdsa
        ? X509SignatureGenerator.CreateForECDsa(ecdsa)
        : X509SignatureGenerator.CreateForRSA(_certificate.GetRSAPrivateKey()!, RSASignaturePadding.Pkcs1);

    private static X500DistinguishedName CommonName(string name)
    {
        var builder = new X500DistinguishedNameBuilder();
        builder.AddCommonName(name);
        return builder.Build();
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        // A positive number whose first byte is not zero, as DER wants it.
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40);
        return serial;
    }

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime(), TimeSpan.Zero);
}
