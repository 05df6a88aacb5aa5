using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>Keeps a development certificate and its key in one file that only its owner can read, so that a restart needs no new <c>caBundle</c>.</summary>
internal static class DevelopmentCertificateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LeastRemaining = TimeSpan.FromDays(7);

    /// <summary>The directory in the user's profile; null without a profile, as in most containers.</summary>
    public static string? DefaultDirectory { get; } =
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } profile ? Path.Combine(profile, "AdmissionSdk") : null;

    /// <summary>The file of an application.</summary>
    public static string PathOf(string directory, string application) =>
        Path.Combine(directory, $"{string.Concat(application.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'))}.pem");

    /// <summary>Reads the certificate; null if there is none that can serve these names for a week, or if others may have read its key.</summary>
    public static X509Certificate2? Read(string path, IEnumerable<string> names, DateTimeOffset now)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            {
                return null;
            }

            var pem = File.ReadAllText(path);
            var certificate = PortableKey.Of(X509Certificate2.CreateFromPem(pem, pem));
            var known = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames());
            return certificate.NotBefore.ToUniversalTime() <= now && now + LeastRemaining < certificate.NotAfter.ToUniversalTime()
                && !names.Except(known, StringComparer.OrdinalIgnoreCase).Any()
                ? certificate
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes the certificate with its key.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        PrivateFile.Write(path, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}
