using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Policies;
using Shared;

namespace ImageRegistryWebhook.Tests.Policies;

/// <summary>The manifests beside each example: <c>good.yaml</c> is allowed, and something in <c>bad.yaml</c> is denied.</summary>
/// <remarks>Covers samples/ImageRegistryWebhook/policies, <see cref="PolicyReader"/>, <see cref="ImageCommandLine"/>.</remarks>
public sealed class ExamplePolicyTests
{
    public static TheoryData<string> Names => [.. Examples.Names];

    [Fact]
    public void Examples_AllOfThem_AreExplained()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "samples", "ImageRegistryWebhook", "policies", "README.md"));

        Assert.Equal(14, Examples.Names.Count);
        Assert.All(Examples.Names, name => Assert.Contains($"| [{name}]({name}/policy.yaml) |", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Example_HasNeitherErrorsNorWarnings(string name)
    {
        var load = Examples.Load(name);

        Assert.Empty(load.Errors);
        Assert.Empty(load.Warnings);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_GoodAndBadManifests_AreDecidedAsExpected(string name)
    {
        AssertChecked(name, "good", 0);
        AssertChecked(name, "bad", 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rewrite_GoodManifests_LeavesNothingToRewrite(string name)
    {
        using var run = new CommandRun();
        var (_, rewritten, _) = run.Run(null, "rewrite", "--policy", Examples.Path(name, "policy.yaml"), Examples.Path(name, "good.yaml"));

        var (code, output, error) = run.Run(rewritten, "check", "--policy", Examples.Path(name, "policy.yaml"));

        Assert.Equal((0, ""), (code, error));
        Assert.DoesNotContain(": rewrite: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_TrustedUser_IsKnownOnlyIfTheCommandIsTold()
    {
        using var run = new CommandRun();
        string[] check = ["check", "--policy", Examples.Path("trusted-users", "policy.yaml"), Examples.Path("trusted-users", "bad.yaml")];

        Assert.Equal(0, run.Run(null, [.. check, "--user", "system:serviceaccount:ci:builder-7"]).Code);
        Assert.Equal(1, run.Run(null, [.. check, "--user", "system:serviceaccount:shop:builder-7"]).Code);
    }

    private static void AssertChecked(string name, string manifests, int exitCode)
    {
        using var run = new CommandRun();
        var file = Examples.Path(name, manifests + ".yaml");

        var (code, output, error) = run.Run(null, "check", "--policy", Examples.Path(name, "policy.yaml"), file);

        Assert.Equal("", error);
        Assert.Equal(File.ReadAllText(Examples.Path(name, manifests + ".txt")), output.Replace(file, manifests + ".yaml", StringComparison.Ordinal));
        Assert.Equal(exitCode, code);
    }
}
