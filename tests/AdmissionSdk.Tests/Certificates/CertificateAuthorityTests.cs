using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Certificates;

namespace AdmissionSdk.Tests.Certificates;

/// <remarks>Covers <see cref="CertificateAuthority"/>.</remarks>
public sealed class CertificateAuthorityTests
{
    private static readonly string[] Names = ["webhook.team.svc", "10.0.0.1"];
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public void Issue_ByANewAuthority_IsTrustedThroughItsCertificate()
    {
        using var authority = CertificateAuthority.Create("pod-guard", _now, TimeSpan.FromDays(100));

        var issued = authority.Issue(Names, _now, TimeSpan.FromDays(10));
        var (leaf, intermediates) = issued.Parse();

        Assert.True(IsTrusted(leaf, intermediates, authority.CertificatePem));
        Assert.Empty(intermediates);
        Assert.True(leaf.MatchesHostname("webhook.team.svc"));
        Assert.True(leaf.MatchesHostname("10.0.0.1"));
        Assert.False(leaf.MatchesHostname("other.team.svc"));
        Assert.Equal(TimeSpan.FromHours(1), Whole(_now) - leaf.NotBefore.ToUniversalTime());
        Assert.Equal(TimeSpan.FromDays(10), leaf.NotAfter.ToUniversalTime() - Whole(_now));
    }

    [Fact]
    public void Issue_BeyondTheAuthority_EndsWithIt()
    {
        using var authority = CertificateAuthority.Create("pod-guard", _now, TimeSpan.FromDays(5));

        var (leaf, _) = authority.Issue(Names, _now, TimeSpan.FromDays(10)).Parse();

        Assert.Equal(authority.NotAfter, leaf.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void Read_WhatWasExported_Signs()
    {
        using var first = CertificateAuthority.Create("pod-guard", _now, TimeSpan.FromDays(5));

        using var second = CertificateAuthority.Read(first.CertificatePem, first.ExportKeyPem());
        var (leaf, intermediates) = second.Issue(Names, _now, TimeSpan.FromDays(1)).Parse();

        Assert.True(IsTrusted(leaf, intermediates, first.CertificatePem));
    }

    [Fact]
    public void Issue_ByAnIntermediateWithAnRsaKey_SendsTheIntermediate()
    {
        using var rootKey = RSA.Create(2048);
        using var root = Request("CN=root", rootKey).CreateSelfSigned(_now.AddDays(-2), _now.AddYears(1));
        using var key = RSA.Create(2048);
        using var intermediate = Request("CN=intermediate", key).Create(root, _now.AddDays(-1), _now.AddDays(90), [1, 2, 3]);

        using var authority = CertificateAuthority.Read(intermediate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        var (leaf, intermediates) = authority.Issue(Names, _now, TimeSpan.FromDays(1)).Parse();

        Assert.True(IsTrusted(leaf, intermediates, root.ExportCertificatePem()));
        Assert.Single(intermediates);
        Assert.Equal(key.ExportPkcs8PrivateKeyPem() + "\n", authority.ExportKeyPem());
    }

    [Fact]
    public void Read_ServingCertificate_IsRefused()
    {
        using var authority = CertificateAuthority.Create("pod-guard", _now, TimeSpan.FromDays(5));
        var issued = authority.Issue(Names, _now, TimeSpan.FromDays(1));

        var exception = Assert.Throws<CertificateFileException>(() => CertificateAuthority.Read(issued.CertificatePem, issued.KeyPem));

        Assert.Equal((false, "the first certificate is not a CA's (basicConstraints CA:TRUE), so it may not sign others"), (exception.IsKey, exception.Message));
    }

    [Fact]
    public void Create_LongName_FitsIntoACommonName()
    {
        using var authority = CertificateAuthority.Create(new string('a', 63), _now, TimeSpan.FromDays(5));

        var (leaf, intermediates) = authority.Issue([new string('b', 63) + ".team.svc"], _now, TimeSpan.FromDays(1)).Parse();

        Assert.True(IsTrusted(leaf, intermediates, authority.CertificatePem));
    }

    private static CertificateRequest Request(string name, RSA key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        return request;
    }

    private bool IsTrusted(X509Certificate2 leaf, X509Certificate2Collection intermediates, string rootPem)
    {
        using var root = X509Certificate2.CreateFromPem(rootPem);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(intermediates);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = _now.UtcDateTime;
        return chain.Build(leaf);
    }

    private static DateTime Whole(DateTimeOffset time) => time.UtcDateTime.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
