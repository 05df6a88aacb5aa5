using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>CA bundles as sets of certificates.</summary>
internal static class CaBundleText
{
    /// <summary>Joins texts of certificates into one, without repetition and in a stable order.</summary>
    public static string Join(IEnumerable<string> pems) => string.Concat(
        Read(string.Concat(pems)).DistinctBy(certificate => certificate.Thumbprint).OrderBy(certificate => certificate.Thumbprint, StringComparer.Ordinal)
            .Select(certificate => certificate.ExportCertificatePem() + "\n"));

    /// <summary>Reads certificates; none from a text that cannot be read, which the API server could not read either.</summary>
    public static X509Certificate2Collection Read(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            return certificates;
        }
        catch (CryptographicException)
        {
            return [];
        }
    }

    public static X509Certificate2Collection Read(byte[]? bundle) => Read(Encoding.UTF8.GetString(bundle ?? []));

    /// <summary>True if both have the same certificates.</summary>
    public static bool AreEqual(byte[]? bundle, string wanted) =>
        Read(bundle).Select(item => item.Thumbprint).ToHashSet(StringComparer.Ordinal).SetEquals(Read(wanted).Select(item => item.Thumbprint));

    /// <summary>True if the bundle contains the first certificate of a text.</summary>
    public static bool Contains(byte[]? bundle, string certificatePem)
    {
        using var certificate = X509Certificate2.CreateFromPem(certificatePem);
        return Read(bundle).Any(item => item.Thumbprint == certificate.Thumbprint);
    }

    /// <summary>True if a client that trusts the bundle, and nothing else, trusts the serving certificate at a time.</summary>
    public static bool Verifies(byte[]? bundle, X509Certificate2 leaf, X509Certificate2Collection intermediates, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Read(bundle));
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        try
        {
            return chain.Build(leaf);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
