using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Certificates;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>
/// Decides the next change of the Secret. Every replica decides alike, and the API server takes the change of the first, so that a leader, who could be lost, is not needed.
/// A new CA is trusted everywhere before it signs, and an old CA until its last certificate has ended.
/// </summary>
internal sealed class RotationPlan(ManagedCertificateOptions options, string owner, IReadOnlyList<string> names)
{
    /// <summary>Makes the first state.</summary>
    /// <param name="trusted">CAs that the live configurations trust already, such as cert-manager's: their certificates may still be served.</param>
    /// <param name="now">The present time.</param>
    public ManagedState Create(string trusted, DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Create(owner, now, options.CaLifetime);
        return new ManagedState
        {
            Authority = Files(authority),
            Leaf = authority.Issue(names, now, options.CertificateLifetime),
            Old = trusted,
            OldUntil = trusted.Length == 0 ? null : now + options.CertificateLifetime,
        }.WithBundle();
    }

    /// <summary>Finds the change that is due.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="nextIsTrusted">True if API servers have had time to learn of the next CA.</param>
    /// <param name="now">The present time.</param>
    /// <returns>The new state and the change; the same state if nothing is due.</returns>
    public (ManagedState State, RotationStep Step) Decide(ManagedState state, bool nextIsTrusted, DateTimeOffset now)
    {
        if (state.OldUntil <= now)
        {
            return ((state with { Old = "", OldUntil = null }).WithBundle(), RotationStep.CaDropped);
        }

        using var authority = CertificateAuthority.Read(state.Authority.CertificatePem, state.Authority.KeyPem);
        if (state.Next is null && IsDue(authority.NotBefore, authority.NotAfter, now))
        {
            using var next = CertificateAuthority.Create(owner, now, options.CaLifetime);
            return ((state with { Next = Files(next) }).WithBundle(), RotationStep.CaMade);
        }

        // An ended CA helps nobody, so there is nothing left to wait for.
        if (state.Next is { } files && (nextIsTrusted || now >= authority.NotAfter))
        {
            using var next = CertificateAuthority.Read(files.CertificatePem, files.KeyPem);
            using var last = X509Certificate2.CreateFromPem(state.Leaf.CertificatePem);
            var until = Utc(last.NotAfter);
            return (new ManagedState
            {
                Authority = files,
                Leaf = next.Issue(names, now, options.CertificateLifetime),
                Old = state.Old + authority.CertificatePem,
                OldUntil = state.OldUntil > until ? state.OldUntil : until,
            }.WithBundle(), RotationStep.CaSwitched);
        }

        using var leaf = X509Certificate2.CreateFromPem(state.Leaf.CertificatePem);
        var ends = IsDue(Utc(leaf.NotBefore), Utc(leaf.NotAfter), now) && now < authority.NotAfter;
        return ends || !names.All(name => leaf.MatchesHostname(name, allowWildcards: false, allowCommonName: false)) || !IsSignedBy(leaf, state.Authority)
            ? (state with { Leaf = authority.Issue(names, now, options.CertificateLifetime) }, RotationStep.CertificateRenewed)
            : (state, RotationStep.None);
    }

    // Lives are counted from the moment of issue, which certificates back-date.
    private static bool IsDue(DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now)
    {
        var issued = notBefore + CertificateAuthority.BackDating;
        return now >= notAfter - ((notAfter - issued) / 3);
    }

    private static bool IsSignedBy(X509Certificate2 leaf, CertificateFiles authority)
    {
        using var certificate = X509Certificate2.CreateFromPem(authority.CertificatePem);
        return leaf.IssuerName.RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData);
    }

    private static CertificateFiles Files(CertificateAuthority authority) => new(authority.CertificatePem, authority.ExportKeyPem());

    private static DateTimeOffset Utc(DateTime time) => new(time.ToUniversalTime(), TimeSpan.Zero);
}
