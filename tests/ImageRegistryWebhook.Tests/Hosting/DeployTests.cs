using ImageRegistryWebhook.Hosting;
using Shared;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>The files in deploy/ are the output of the program's <c>manifests</c> command, byte for byte.</summary>
/// <remarks>Covers samples/ImageRegistryWebhook/deploy, <see cref="CommandLineSetup"/>, <see cref="PolicyConfigMap"/>, <see cref="DeploymentSettings"/>.</remarks>
public sealed class DeployTests : IDisposable
{
    private const string Commands =
        "deploy/ is stale; run: dotnet run --project samples/ImageRegistryWebhook -- manifests --out deploy --format kustomize"
        + " && dotnet run --project samples/ImageRegistryWebhook -- manifests --out deploy/chart --format helm";

    private readonly string _project = Path.Combine(Repository.Root, "samples", "ImageRegistryWebhook");
    private readonly string _directory = Directory.CreateTempSubdirectory("deploy-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Deploy_IsWhatTheManifestsCommandWrites()
    {
        await WriteAsync("", "kustomize");
        await WriteAsync("chart", "helm");

        var (expected, actual) = (Files(_directory), Files(Path.Combine(_project, "deploy")));
        Assert.True(expected.Keys.SequenceEqual(actual.Keys), $"{Commands}\nmade: {string.Join(", ", expected.Keys)}\nthere: {string.Join(", ", actual.Keys)}");
        Assert.All(expected, file => Assert.True(file.Value == actual[file.Key], $"{file.Key}: {Commands}"));
    }

    private async Task WriteAsync(string directory, string format)
    {
        // The content root of `dotnet run --project`, so that the policy file is found.
        var run = await ProgramRun.RunAsync(
            new Dictionary<string, string> { ["ASPNETCORE_CONTENTROOT"] = _project }, "manifests", "--out", Path.Combine(_directory, directory), "--format", format);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }

    private static SortedDictionary<string, string> Files(string directory) => new(
        Directory.GetFiles(directory, "*.yaml", SearchOption.AllDirectories).ToDictionary(path => Path.GetRelativePath(directory, path), File.ReadAllText),
        StringComparer.Ordinal);
}
