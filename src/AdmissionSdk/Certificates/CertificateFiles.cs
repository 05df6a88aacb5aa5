using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>The text of the two PEM files at one moment, equal when nothing changed.</summary>
internal sealed record CertificateFiles(string CertificatePem, string KeyPem)
{
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static CertificateFiles Read(string certificatePath, string keyPath) =>
        new(File.ReadAllText(certificatePath), File.ReadAllText(keyPath));

    /// <summary>The first certificate with its key, and the others in the order of the file.</summary>
    /// <exception cref="CertificateFileException">The text is not a certificate or not a key, or the two do not belong together.</exception>
    public (X509Certificate2 Leaf, X509Certificate2Collection Intermediates) Parse()
    {
        var certificates = CertificatePems.Read(CertificatePem);
        try
        {
            var leaf = PortableKey.Of(X509Certificate2.CreateFromPem(CertificatePem, KeyPem));
            certificates.RemoveAt(0);
            return (leaf, certificates);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
        {
            // .NET has one sentence for most of what can be wrong.
            throw CertificatePems.Explain(certificates, KeyPem, exception);
        }
    }

    // The record's own ToString would bring the key's text into logs.
    public override string ToString() => nameof(CertificateFiles);
}
