using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Certificates;

/// <summary>Decides if a caller may post reviews: clients with a certificate of this authority, or, without an authority, everybody (contract 7.4).</summary>
internal sealed class ClientAuthority(IOptions<AdmissionTlsOptions> options, TimeProvider time)
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const string CommonName = "2.5.4.3";

    private X509Certificate2Collection? _authorities;

    /// <summary>True if callers of webhooks must show a certificate.</summary>
    public bool IsRequired => options.Value.ClientCaPath is not null;

    /// <summary>True once the authorities are loaded; until then every caller is refused.</summary>
    public bool IsKnown => Volatile.Read(ref _authorities) is not null;

    public void Show(X509Certificate2Collection authorities) => Volatile.Write(ref _authorities, authorities);

    /// <summary>Makes the rules for a chain: to these authorities only, for a client, and without the network.</summary>
    public X509ChainPolicy Policy() => Policy(Volatile.Read(ref _authorities) ?? []);

    /// <summary>Finds the reason to refuse a caller, in words for the administrator of the API server; null to accept.</summary>
    public string? FindRefusal(CallerCertificate? caller)
    {
        if (!IsRequired)
        {
            return null;
        }

        if (caller is null)
        {
            return "this webhook requires a client certificate, and the caller showed none";
        }

        if (Volatile.Read(ref _authorities) is not { } authorities)
        {
            return "the authorities of client certificates are not loaded yet; see the log of the webhook";
        }

        // A connection can outlive the validity of its certificate.
        return time.GetUtcNow().UtcDateTime >= caller.Leaf.NotAfter.ToUniversalTime()
            ? "the client certificate has expired"
            : caller.FindRefusal(authorities, certificate => Judge(certificate, authorities));
    }

    private string? Judge(CallerCertificate caller, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain { ChainPolicy = Policy(authorities) };
        chain.ChainPolicy.ExtraStore.AddRange(caller.Others);
        try
        {
            if (!chain.Build(caller.Leaf))
            {
                return $"the client certificate is not accepted: {string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct())}";
            }
        }
        catch (CryptographicException)
        {
            return "the client certificate cannot be read";
        }

        return IsNamed(caller.Leaf) ? null : "the client certificate has none of the names that may call this webhook";
    }

    private X509ChainPolicy Policy(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            VerificationTime = time.GetUtcNow().UtcDateTime,
            VerificationTimeIgnored = false,
        };
        policy.ApplicationPolicy.Add(new Oid(ClientAuthentication));
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private bool IsNamed(X509Certificate2 leaf) => options.Value.ClientNames is not { Count: > 0 } names || Names(leaf).Any(names.Contains);

    private static IEnumerable<string> Names(X509Certificate2 leaf) =>
    [
        .. leaf.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements && name.GetSingleElementType().Value == CommonName)
            .Select(name => name.GetSingleElementValue() ?? ""),
        .. leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(names => names.EnumerateDnsNames()),
    ];
}
