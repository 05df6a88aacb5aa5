using ImageRegistryWebhook.Commands;
using ImageRegistryWebhook.Hosting;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>The program's command line, run as a process.</summary>
/// <remarks>Covers <see cref="Program"/>, <see cref="CommandLineSetup"/>, <see cref="ImageCommandLine"/>.</remarks>
public sealed class ProgramTests
{
    [Fact]
    public async Task Help_OfTheProgram_ListsTheCommandsOfTheSdkAndItsOwn()
    {
        var run = await ProgramRun.RunAsync("--help");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.All(
            new[] { "serve", "manifests", "lint", "apply", "diff", "status", "check", "rewrite", "images", "policy" },
            name => Assert.Contains(run.Output.Split('\n'), line => line.TrimStart().StartsWith($"{name} ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Manifests_OnStandardOutput_AreNothingButYaml()
    {
        var run = await ProgramRun.RunAsync("manifests", "--format", "webhooks");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("# webhooks.yaml\napiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_OfBuildTime_BuildNoWebHost()
    {
        // A web host cannot be built with this content root.
        var environment = new Dictionary<string, string> { ["ASPNETCORE_CONTENTROOT"] = "/nowhere/at/all" };

        var check = await ProgramRun.RunAsync(environment, "check");
        var lint = await ProgramRun.RunAsync(environment, "lint");

        Assert.Equal((2, "error: --policy FILE is needed\n"), (check.ExitCode, check.Error));
        Assert.Contains("DirectoryNotFoundException", lint.Error, StringComparison.Ordinal);
    }
}
