using ImageRegistryWebhook.Hosting;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>The pods get the policy of the run of <c>manifests</c>.</summary>
/// <remarks>Covers <see cref="PolicyConfigMap"/>.</remarks>
public sealed class PolicyConfigMapTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Manifests_PolicyWithALockFile_BringsBoth()
    {
        File.WriteAllText(Path.Combine(_directory, "ours.yaml"), "rules: []\ndefault: allow\npin:\n  lockFile: images.lock\n");
        File.WriteAllText(Path.Combine(_directory, "images.lock"), "version: 1\nimages: {}\n");

        var run = await RunAsync("ours.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("  images.lock: |\n    version: 1\n    images: {}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  ours.yaml: |\n    rules: []\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("        - name: PolicyFile\n          value: /policy/ours.yaml\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_PolicyWithNamespaceLabels_BringsTheRightToReadNamespaces()
    {
        File.WriteAllText(
            Path.Combine(_directory, "ours.yaml"),
            "rules:\n  - name: labelled\n    match:\n      namespaceLabels:\n        matchLabels:\n          team: a\n    action: deny\ndefault: allow\n");

        var run = await RunAsync("ours.yaml");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("  resources:\n  - namespaces\n  verbs:\n  - get\n  - list\n  - watch\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifests_PolicyWithAnError_Returns2AndSaysWhere()
    {
        File.WriteAllText(Path.Combine(_directory, "ours.yaml"), "rule: []\n");

        var run = await RunAsync("ours.yaml");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"error: {_directory}/ours.yaml:1:1: ", run.Error, StringComparison.Ordinal);
    }

    private Task<ProgramRun> RunAsync(string policy) =>
        ProgramRun.RunAsync(new Dictionary<string, string> { ["PolicyFile"] = Path.Combine(_directory, policy) }, "manifests");
}
