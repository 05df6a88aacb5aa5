using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>The certificate that is shown to the API server now. A singleton in dependency injection when <c>AddAdmissionTls</c> was called.</summary>
public sealed class ServingCertificate
{
    private readonly TimeProvider _time;
    private Shown? _shown;

    internal ServingCertificate(TimeProvider time) => _time = time;

    /// <summary>The certificate and its intermediates as PEM, without a key; null while there is none. A development certificate is its own authority, so this is what a client must trust.</summary>
    public string? Pem => Volatile.Read(ref _shown)?.Pem;

    /// <summary>When it expires; null while there is none.</summary>
    public DateTimeOffset? NotAfter => Volatile.Read(ref _shown)?.NotAfter;

    /// <summary>Whether there is one, and it is valid now.</summary>
    public bool IsUsable =>
        Volatile.Read(ref _shown) is { } shown && _time.GetUtcNow() is var now && shown.NotBefore <= now && now < shown.NotAfter;

    /// <summary>Built once a certificate, so that a handshake costs no chain building, and offline, so that it never waits for the network.</summary>
    internal SslStreamCertificateContext? Context => Volatile.Read(ref _shown)?.Context;

    internal void Show(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        var shown = new Shown(
            SslStreamCertificateContext.Create(leaf, intermediates, offline: true),
            string.Join('\n', [leaf.ExportCertificatePem(), .. intermediates.Select(intermediate => intermediate.ExportCertificatePem())]) + "\n",
            new DateTimeOffset(leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero),
            new DateTimeOffset(leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero));
        // The previous one is left to the garbage collector: handshakes may be using it.
        Volatile.Write(ref _shown, shown);
    }

    private sealed record Shown(SslStreamCertificateContext Context, string Pem, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
}
