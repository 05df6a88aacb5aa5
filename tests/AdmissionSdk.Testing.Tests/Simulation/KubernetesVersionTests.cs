using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Tests.Simulation.Support;

namespace AdmissionSdk.Testing.Tests.Simulation;

/// <summary>Every rule that came with a version of Kubernetes: the last version without the rule, and the first with it.</summary>
/// <remarks>Covers <see cref="ServerBehaviour"/>, <see cref="RequestLimit"/>, <see cref="SimulatedApiServerOptions"/>.</remarks>
public sealed class KubernetesVersionTests
{
    public static TheoryData<string> Names => [.. VersionedRules.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Rule_BeforeAndSince_DiffersExactlyThere(string name)
    {
        var rule = VersionedRules.All[name];
        var (before, since) = (new Version(1, rule.Since - 1, 9), new Version(1, rule.Since));

        Assert.Equal(rule.Before, await rule.ObserveAsync(before));
        Assert.Equal(rule.After, await rule.ObserveAsync(since));
        Assert.Equal(rule.Before, await rule.ObserveAsync(ServerBehaviour.Oldest));
        Assert.Equal(rule.After, await rule.ObserveAsync(ServerBehaviour.Newest));
    }

    // A rule without a row here is a rule that nobody has held against two versions.
    [Fact]
    public void Rules_EveryFlag_HasARow()
    {
        var flags = typeof(ServerBehaviour).GetProperties().Where(property => property.Name != nameof(ServerBehaviour.Version)).Select(property => property.Name);

        Assert.Empty(flags.Except(VersionedRules.All.Values.Select(rule => rule.Flag)));
    }

    [Fact]
    public void KubernetesVersion_Default_IsTheNewest() => Assert.Equal(new Version(1, 37), new SimulatedApiServerOptions().KubernetesVersion);

    [Theory]
    [InlineData("1.20")]
    [InlineData("1.20.2")]
    [InlineData("1.37.99")]
    public void KubernetesVersion_Known_IsTaken(string version) =>
        Assert.Equal(Version.Parse(version), new SimulatedApiServerOptions { KubernetesVersion = Version.Parse(version) }.KubernetesVersion);

    [Theory]
    [InlineData("1.19.16")]
    [InlineData("1.38")]
    [InlineData("2.20")]
    [InlineData("0.30")]
    public void KubernetesVersion_Unknown_IsRefusedWithTheRange(string version)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new SimulatedApiServerOptions { KubernetesVersion = Version.Parse(version) });

        Assert.StartsWith($"KubernetesVersion is {version}; the simulated API server knows 1.20 to 1.37: set one of these.", exception.Message, StringComparison.Ordinal);
    }
}
