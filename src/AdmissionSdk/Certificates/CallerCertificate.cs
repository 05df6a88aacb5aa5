using System.Security.Cryptography.X509Certificates;

namespace AdmissionSdk.Certificates;

/// <summary>
/// The certificate that a client showed in the handshake, a feature of its connection. Not judged there: whoever shows a bad one is answered in words,
/// which a closed connection does not have, and probes need none.
/// </summary>
internal sealed class CallerCertificate(X509Certificate2 leaf, X509Certificate2Collection others)
{
    private Judgement? _judgement;

    /// <summary>The client's own.</summary>
    public X509Certificate2 Leaf => leaf;

    /// <summary>What it sent along, which may be its intermediates.</summary>
    public X509Certificate2Collection Others => others;

    /// <summary>Why it is not accepted, worked out once for each set of authorities; null when it is.</summary>
    public string? WhyNot(object authorities, Func<CallerCertificate, string?> judge)
    {
        if (Volatile.Read(ref _judgement) is not { } judgement || judgement.Authorities != authorities)
        {
            judgement = new Judgement(authorities, judge(this));
            Volatile.Write(ref _judgement, judgement);
        }

        return judgement.WhyNot;
    }

    private sealed record Judgement(object Authorities, string? WhyNot);
}
