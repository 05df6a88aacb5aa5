using System.Net;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Certificates of a test control plane.</summary>
/// <remarks>Covers <see cref="ControlPlaneCertificates"/>, <see cref="PemPair"/>.</remarks>
public sealed class ControlPlaneCertificatesTests : IDisposable
{
    private readonly ControlPlaneCertificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public void IssueClient_UserAndGroups_AreCommonNameAndOrganizations()
    {
        using var client = Load(_certificates.IssueClient("alice, the admin", ["system:masters", "a=b"]));

        string[] relative = [.. client.SubjectName.EnumerateRelativeDistinguishedNames().Select(name => $"{name.GetSingleElementType().FriendlyName}:{name.GetSingleElementValue()}")];
        Assert.Equal(["CN:alice, the admin", "O:a=b", "O:system:masters"], relative.Order(StringComparer.Ordinal));
        Assert.True(IsTrusted(client));
    }

    [Fact]
    public void IssueServer_Loopback_IsInItsNames()
    {
        using var server = Load(_certificates.IssueServer(IPAddress.Parse("10.0.0.1")));

        Assert.True(server.MatchesHostname("127.0.0.1"));
        Assert.True(server.MatchesHostname("10.0.0.1"));
        Assert.True(server.MatchesHostname("kubernetes.default.svc"));
        Assert.False(server.MatchesHostname("example.com"));
        Assert.True(IsTrusted(server));
    }

    [Fact]
    public void Authority_OfAnotherControlPlane_IsNotTrusted()
    {
        using var other = new ControlPlaneCertificates();
        using var client = Load(other.IssueClient("alice", []));

        Assert.False(IsTrusted(client));
    }

    private static X509Certificate2 Load(PemPair pair) => X509Certificate2.CreateFromPem(pair.Public, pair.Private);

    private bool IsTrusted(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.Add(_certificates.Authority);
        return chain.Build(certificate);
    }
}
