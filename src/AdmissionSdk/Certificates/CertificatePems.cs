using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>Reads certificates in PEM, and finds out why a certificate and a key cannot be used together.</summary>
internal static class CertificatePems
{
    private const string Ed25519 = "1.3.101.112";
    private const string Ed448 = "1.3.101.113";

    /// <exception cref="CertificateFileException">The text has no certificate, or one that cannot be read.</exception>
    public static X509Certificate2Collection Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException exception)
        {
            throw new CertificateFileException(isKey: false, "a certificate in the file cannot be read; is the file complete, and in PEM?", exception);
        }

        return certificates.Count > 0
            ? certificates
            : throw new CertificateFileException(
                isKey: false,
                HasKey(pem) ? "the file holds a private key and no certificate; are the paths of certificate and key exchanged?" : "the file holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }

    public static CertificateFileException Explain(X509Certificate2Collection certificates, string keyPem, Exception cause) => cause switch
    {
        _ when keyPem.Contains("ENCRYPTED", StringComparison.Ordinal) =>
            new(isKey: true, "the private key is encrypted; write it without a password, as openssl pkey -in FILE -out FILE does", cause),
        _ when !HasKey(keyPem) => new(
            isKey: true,
            keyPem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)
                ? "the file holds a certificate and no private key; are the paths of certificate and key exchanged?"
                : "the file holds no private key in PEM (-----BEGIN PRIVATE KEY-----)",
            cause),
        _ when certificates[0].GetKeyAlgorithm() is Ed25519 or Ed448 =>
            new(isKey: false, "the certificate has an Ed25519 or Ed448 key, which TLS in .NET cannot use; issue a certificate with an ECDSA P-256 or an RSA key", cause),
        _ when !IsReadable(keyPem) => new(isKey: true, "the private key cannot be read; it must be an unencrypted ECDSA or RSA key in PEM", cause),
        _ when FindOwner(certificates, keyPem) is > 0 and var place =>
            new(isKey: false, $"the private key belongs to certificate number {place + 1} of the file, and must belong to the first: put the serving certificate first, then its intermediates", cause),
        _ => new(isKey: true, "the private key belongs to another certificate; are the two files from one moment and one issuer?", cause),
    };

    private static bool HasKey(string pem) => pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal);

    private static bool IsReadable(string keyPem)
    {
        using var rsa = RSA.Create();
        using var ecdsa = ECDsa.Create();
        return TryImport(rsa, keyPem) || TryImport(ecdsa, keyPem);
    }

    private static bool TryImport(AsymmetricAlgorithm key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static int? FindOwner(X509Certificate2Collection certificates, string keyPem)
    {
        for (var i = 1; i < certificates.Count; i++)
        {
            try
            {
                using var owner = X509Certificate2.CreateFromPem(certificates[i].ExportCertificatePem(), keyPem);
                return i;
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
            {
                // The key of another certificate.
            }
        }

        return null;
    }
}
