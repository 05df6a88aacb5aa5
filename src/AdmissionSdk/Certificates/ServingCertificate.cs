using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>The certificate that is shown to the API server now. A singleton in dependency injection when <c>AddAdmissionTls</c> was called.</summary>
public sealed class ServingCertificate
{
    private readonly TimeProvider _time;
    private Shown? _shown;

    internal ServingCertificate(TimeProvider time) => _time = time;

    /// <summary>The certificate and its intermediates as PEM, without a key; null until a certificate is loaded. A development certificate is its own authority, so that clients must trust this PEM.</summary>
    public string? Pem => Volatile.Read(ref _shown)?.Pem;

    /// <summary>The time at which the certificate expires; null until a certificate is loaded.</summary>
    public DateTimeOffset? NotAfter => Volatile.Read(ref _shown)?.NotAfter;

    /// <summary>True if a certificate is loaded and valid now.</summary>
    public bool IsUsable =>
        Volatile.Read(ref _shown) is { } shown && _time.GetUtcNow() is var now && shown.NotBefore <= now && now < shown.NotAfter;

    /// <summary>The context of handshakes, built once for each certificate, to save work in handshakes, and offline, so that no handshake waits for the network.</summary>
    internal SslStreamCertificateContext? Context => Volatile.Read(ref _shown)?.Context;

    internal void Show(X509Certificate2 leaf, X509Certificate2Collection intermediates)
    {
        var shown = new Shown(
            SslStreamCertificateContext.Create(leaf, intermediates, offline: true),
            string.Join('\n', [leaf.ExportCertificatePem(), .. intermediates.Select(intermediate => intermediate.ExportCertificatePem())]) + "\n",
            new DateTimeOffset(leaf.NotBefore.ToUniversalTime(), TimeSpan.Zero),
            new DateTimeOffset(leaf.NotAfter.ToUniversalTime(), TimeSpan.Zero));
        // Handshakes may still use the previous context, so the garbage collector has to take it.
        Volatile.Write(ref _shown, shown);
    }

    private sealed record Shown(SslStreamCertificateContext Context, string Pem, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
}
