using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>
/// The certificate that a client showed in the handshake, a feature of the connection. RequestGate judges the certificate, not the handshake: a refused
/// caller gets a sentence, which a closed connection cannot carry, and probes need no certificate.
/// </summary>
internal sealed class CallerCertificate(X509Certificate2 leaf, X509Certificate2Collection others)
{
    private Judgement? _judgement;

    /// <summary>The client's own certificate.</summary>
    public X509Certificate2 Leaf => leaf;

    /// <summary>The other certificates that the client sent, which may be intermediates.</summary>
    public X509Certificate2Collection Others => others;

    /// <summary>Finds the reason to refuse the certificate, once for each set of authorities; null to accept.</summary>
    public string? FindRefusal(object authorities, Func<CallerCertificate, string?> judge)
    {
        if (Volatile.Read(ref _judgement) is not { } judgement || judgement.Authorities != authorities)
        {
            judgement = new Judgement(authorities, judge(this));
            Volatile.Write(ref _judgement, judgement);
        }

        return judgement.Refusal;
    }

    private sealed record Judgement(object Authorities, string? Refusal);
}
