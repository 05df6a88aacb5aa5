using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.Certificates;
using AdmissionSdk.ManagedCertificates;

namespace AdmissionSdk.Tests.ManagedCertificates;

/// <remarks>Covers <see cref="RotationPlan"/>, <see cref="ManagedState"/>, <see cref="CaBundleText"/>, <see cref="RotationTags"/>.</remarks>
public sealed class RotationPlanTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["pod-guard.pod-guard.svc"];
    private readonly RotationPlan _plan = new(new ManagedCertificateOptions(), "pod-guard", Names);

    [Fact]
    public void Create_FirstState_IsVerifiedByItsBundle()
    {
        var state = _plan.Create("", Start);

        using var leaf = X509Certificate2.CreateFromPem(state.Leaf.CertificatePem);
        Assert.True(CaBundleText.Verifies(state.ToData()["ca.crt"], leaf, [], Start));
        Assert.True(CaBundleText.Verifies(state.ToData()["ca.crt"], leaf, [], Start - TimeSpan.FromMinutes(59)));
        Assert.Equal(RotationStep.None, _plan.Decide(state, nextIsTrusted: false, Start).Step);
        Assert.Equal(256, leaf.GetECDsaPublicKey()!.KeySize);
    }

    [Theory]
    [InlineData(19.9, "None")]
    [InlineData(20.1, "CertificateRenewed")]
    public void Decide_LifeOfTheCertificate_IsRenewedInItsLastThird(double days, string step) =>
        Assert.Equal(step, _plan.Decide(_plan.Create("", Start), nextIsTrusted: false, Start.AddDays(days)).Step.ToString());

    [Fact]
    public void Decide_Renewal_KeepsTheCa()
    {
        var first = _plan.Create("", Start);

        var (second, _) = _plan.Decide(first, nextIsTrusted: false, Start.AddDays(25));

        Assert.Equal((first.Authority, first.Bundle), (second.Authority, second.Bundle));
        Assert.NotEqual(first.Leaf, second.Leaf);
    }

    [Fact]
    public void Decide_RotationOfTheCa_TrustsBothFromBeforeTheFirstCertificateUntilAfterTheLast()
    {
        var now = Start.AddDays(250);
        var (before, _) = _plan.Decide(_plan.Create("", Start), nextIsTrusted: false, now.AddDays(-10));

        var (made, step) = _plan.Decide(before, nextIsTrusted: false, now);
        Assert.Equal(RotationStep.CaMade, step);
        Assert.Equal((before.Authority, before.Leaf), (made.Authority, made.Leaf));
        Assert.Equal(2, CaBundleText.Read(made.Bundle).Count);
        Assert.Equal(RotationStep.None, _plan.Decide(made, nextIsTrusted: false, now).Step);

        (var switched, step) = _plan.Decide(made, nextIsTrusted: true, now);
        Assert.Equal(RotationStep.CaSwitched, step);
        Assert.Equal((made.Next, made.Bundle), (switched.Authority, switched.Bundle));
        using var last = X509Certificate2.CreateFromPem(made.Leaf.CertificatePem);
        Assert.Equal(last.NotAfter.ToUniversalTime(), switched.OldUntil!.Value.UtcDateTime);
        Assert.Equal(RotationStep.None, _plan.Decide(switched, nextIsTrusted: true, now.AddDays(1)).Step);

        (var dropped, step) = _plan.Decide(switched, nextIsTrusted: true, switched.OldUntil.Value);
        Assert.Equal(RotationStep.CaDropped, step);
        Assert.Equal(CaBundleText.Join([switched.Authority.CertificatePem]), dropped.Bundle);
    }

    [Fact]
    public void Decide_CaHasEnded_WaitsForNothing()
    {
        var (made, _) = _plan.Decide(_plan.Create("", Start), nextIsTrusted: false, Start.AddDays(366));

        var (switched, step) = _plan.Decide(made, nextIsTrusted: false, Start.AddDays(366));

        Assert.Equal(RotationStep.CaSwitched, step);
        using var leaf = X509Certificate2.CreateFromPem(switched.Leaf.CertificatePem);
        Assert.True(CaBundleText.Verifies(Encoding.ASCII.GetBytes(switched.Bundle), leaf, [], Start.AddDays(366)));
    }

    [Fact]
    public void Decide_AnotherServiceName_Renews()
    {
        var renamed = new RotationPlan(new ManagedCertificateOptions(), "pod-guard", ["other.pod-guard.svc"]);

        var (state, step) = renamed.Decide(_plan.Create("", Start), nextIsTrusted: false, Start);

        Assert.Equal(RotationStep.CertificateRenewed, step);
        using var leaf = X509Certificate2.CreateFromPem(state.Leaf.CertificatePem);
        Assert.True(leaf.MatchesHostname("other.pod-guard.svc"));
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var (state, _) = _plan.Decide(_plan.Create("", Start), nextIsTrusted: false, Start.AddDays(250));
        (state, _) = _plan.Decide(state, nextIsTrusted: true, Start.AddDays(250));

        Assert.Equal(state, ManagedState.Read(state.ToData(), out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("ca.crt")]
    [InlineData("ca.key")]
    [InlineData("tls.crt")]
    [InlineData("tls.key")]
    public void Read_KeyThatIsMissingOrDamaged_IsAProblem(string key)
    {
        var data = _plan.Create("", Start).ToData();
        var other = _plan.Create("", Start).ToData();

        foreach (var damaged in new[] { null, "", "nonsense", Encoding.ASCII.GetString(other[key]) })
        {
            var copy = new Dictionary<string, byte[]>(data);
            copy.Remove(key);
            if (damaged is not null)
            {
                copy[key] = Encoding.ASCII.GetBytes(damaged);
            }

            Assert.Null(ManagedState.Read(copy, out var problem));
            Assert.NotNull(problem);
        }
    }

    [Fact]
    public void ToString_NeverShowsAKey() =>
        Assert.Equal("ManagedState CertificateFiles", $"{_plan.Create("", Start)} {_plan.Create("", Start).Authority}");
}
