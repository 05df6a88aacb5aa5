using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AdmissionSdk.Certificates;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>The content of the Secret: the CA that signs, the one that is to follow, those that signed before, and the serving certificate.</summary>
internal sealed record ManagedState
{
    private const string CaCertificate = "ca.crt";
    private const string CaKey = "ca.key";
    private const string NextCertificate = "next-ca.crt";
    private const string NextKey = "next-ca.key";
    private const string OldCertificates = "old-ca.crt";
    private const string OldEnd = "old-ca.until";
    private const string LeafCertificate = "tls.crt";
    private const string LeafKey = "tls.key";

    /// <summary>The CA that signs.</summary>
    public required CertificateFiles Authority { get; init; }

    /// <summary>The CA that signs as soon as every API server trusts it; null outside a rotation.</summary>
    public CertificateFiles? Next { get; init; }

    /// <summary>Certificates in PEM of CAs that signed before; empty if none is trusted any more.</summary>
    public string Old { get; init; } = "";

    /// <summary>The end of the last certificate that one of the old CAs signed.</summary>
    public DateTimeOffset? OldUntil { get; init; }

    /// <summary>The serving certificate and its key.</summary>
    public required CertificateFiles Leaf { get; init; }

    /// <summary>The certificates that API servers must trust, in an order that a switch of CAs does not change.</summary>
    public string Bundle { get; private init; } = "";

    /// <summary>Reads the Secret's data. Null, and a problem, for anything else than what <see cref="ToData"/> writes; no problem for an empty Secret.</summary>
    public static ManagedState? Read(IDictionary<string, byte[]>? data, out string? problem)
    {
        problem = null;
        if (data is null || data.Count == 0)
        {
            return null;
        }

        try
        {
            var state = new ManagedState
            {
                Authority = new(Text(data, CaCertificate)!, Text(data, CaKey)!),
                Next = data.ContainsKey(NextCertificate) ? new(Text(data, NextCertificate)!, Text(data, NextKey)!) : null,
                Old = Text(data, OldCertificates, isOptional: true) ?? "",
                OldUntil = Text(data, OldEnd, isOptional: true) is { } until ? DateTimeOffset.Parse(until, CultureInfo.InvariantCulture) : null,
                Leaf = new(Text(data, LeafCertificate)!, Text(data, LeafKey)!),
            };
            state.Check();
            return state.WithBundle();
        }
        catch (Exception exception) when (exception is CertificateFileException or CryptographicException or FormatException)
        {
            problem = exception.Message;
            return null;
        }
    }

    public IDictionary<string, byte[]> ToData()
    {
        var data = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        Add(CaCertificate, Authority.CertificatePem);
        Add(CaKey, Authority.KeyPem);
        Add(NextCertificate, Next?.CertificatePem);
        Add(NextKey, Next?.KeyPem);
        Add(OldCertificates, Old.Length == 0 ? null : Old);
        Add(OldEnd, OldUntil?.ToString("O", CultureInfo.InvariantCulture));
        Add(LeafCertificate, Leaf.CertificatePem);
        Add(LeafKey, Leaf.KeyPem);
        return data;

        void Add(string key, string? text)
        {
            if (text is not null)
            {
                data[key] = Encoding.ASCII.GetBytes(text);
            }
        }
    }

    /// <summary>Fills in <see cref="Bundle"/> after a change.</summary>
    public ManagedState WithBundle() =>
        this with { Bundle = CaBundleText.Join([Authority.CertificatePem, Next?.CertificatePem ?? "", Old]) };

    // A record's own text would show the keys.
    public override string ToString() => nameof(ManagedState);

    private static string? Text(IDictionary<string, byte[]> data, string key, bool isOptional = false) =>
        data.TryGetValue(key, out var bytes) ? Encoding.ASCII.GetString(bytes)
        : isOptional ? null
        : throw new FormatException($"the key {key} is missing");

    private void Check()
    {
        using var authority = CertificateAuthority.Read(Authority.CertificatePem, Authority.KeyPem);
        using var next = Next is null ? null : CertificateAuthority.Read(Next.CertificatePem, Next.KeyPem);
        _ = Old.Length == 0 ? null : CertificatePems.Read(Old);
        using var leaf = Leaf.Parse().Leaf;
    }
}
