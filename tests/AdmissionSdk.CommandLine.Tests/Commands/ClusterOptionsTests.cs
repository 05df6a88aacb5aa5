using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>Tests the choice of the cluster, by the port of the error, at which no server listens.</summary>
/// <remarks>Covers <see cref="ClusterOptions"/>, <see cref="KubeConfig"/>, <see cref="UnreachableServer"/>.</remarks>
public sealed class ClusterOptionsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("apply --prune", "https://127.0.0.1:1 ")]
    [InlineData("diff", "https://127.0.0.1:1 ")]
    [InlineData("status --context second", "https://127.0.0.1:2 ")]
    [InlineData("diff --context third", "https://127.0.0.1:3 ")]
    public async Task Command_WithKubeConfigVariable_GoesWhereItSays(string arguments, string server)
    {
        var run = await WithVariableAsync(string.Join(Path.PathSeparator, Write("first", 1, 2), Path.Combine(_directory, "missing"), Write("third", 3)), arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(server, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithKubeConfigOption_GoesThereWhateverTheVariableSays()
    {
        var run = await WithVariableAsync(Write("first", 1), $"diff --kubeconfig {Write("second", 2)}");

        Assert.Contains("https://127.0.0.1:2 ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithKubeConfigVariableOfNoFile_SaysSo()
    {
        var run = await WithVariableAsync("/nowhere/config", "diff");

        Assert.Equal((2, "error: none of the files in KUBECONFIG exists (/nowhere/config): correct the variable, or pass --kubeconfig FILE.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no: [yaml")]
    [InlineData("current-context: a\n")]
    [InlineData("current-context: a\ncontexts:\n- name: a\n  context: {cluster: a, user: a}\nclusters:\n- name: a\n  cluster: {server: 'https://127.0.0.1:1', certificate-authority-data: bm8=}\n")]
    public async Task Command_WithAKubeConfigThatIsNone_SaysSoInOneLine(string text)
    {
        var file = Path.Combine(_directory, "config");
        await File.WriteAllTextAsync(file, text);

        var run = await CommandRun.RunAsync($"diff --kubeconfig {file}");

        AssertOneLine("error: the kubeconfig cannot be used (", run);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task Command_WithAServerCaThatIsNone_SaysSoInOneLine(string text)
    {
        var file = Path.Combine(_directory, "ca.crt");
        await File.WriteAllTextAsync(file, text);

        AssertOneLine("error: --server-ca ", await CommandRun.RunAsync($"diff --server https://127.0.0.1:1 --server-ca {file}"));
    }

    private static void AssertOneLine(string start, CommandRun run)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(start, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    private static async Task<CommandRun> WithVariableAsync(string value, string arguments)
    {
        const string Name = "KUBECONFIG";
        var before = Environment.GetEnvironmentVariable(Name);
        Environment.SetEnvironmentVariable(Name, value);
        try
        {
            return await CommandRun.RunAsync(arguments);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Name, before);
        }
    }

    /// <summary>Writes a kubeconfig with a context for each port; the first context is current, and has the file's name.</summary>
    private string Write(string name, params int[] ports)
    {
        string[] names = [name, "second"];
        var file = Path.Combine(_directory, name);
        File.WriteAllText(file, $"""
            apiVersion: v1
            kind: Config
            current-context: {name}
            contexts:
            {string.Join('\n', ports.Select((port, i) => $"- name: {names[i]}\n  context: {{cluster: c{port}, user: u{port}}}"))}
            clusters:
            {string.Join('\n', ports.Select(port => $"- name: c{port}\n  cluster: {{server: 'https://127.0.0.1:{port}'}}"))}
            users:
            {string.Join('\n', ports.Select(port => $"- name: u{port}\n  user: {{token: t}}"))}
            """);
        return file;
    }
}
