using System.Diagnostics;
using System.Globalization;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests.ApiServer;

/// <summary>Starts servers of its own, and checks that the servers leave nothing behind.</summary>
/// <remarks>Covers <see cref="LocalControlPlane"/>, <see cref="ProcessGuard"/>, <see cref="Readiness"/>, <see cref="KubeConfigFile"/>.</remarks>
public sealed class LifetimeTests
{
    private static readonly string[] Programs = ["etcd", "kube-apiserver"];

    [ApiServerFact]
    public async Task DisposeAsync_Running_EndsTheProgramsAndRemovesTheFiles()
    {
        var server = await KubeApiServerFixture.StartAsync(new KubeApiServerOptions { UseExistingCluster = false });
        var directory = Path.GetDirectoryName(server.KubeConfigPath)!;
        var pids = Pids(directory);
        Assert.All(pids, pid => Assert.True(IsRunning(pid)));

        await server.DisposeAsync();

        Assert.All(pids, pid => Assert.False(IsRunning(pid)));
        Assert.False(Directory.Exists(directory));
    }

    [ApiServerFact]
    public async Task StartAsync_TestProcessIsKilled_EndsTheProgramsAndRemovesTheFiles()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(LifetimeTests).Assembly.Location]) { RedirectStandardOutput = true };
        start.Environment["USE_EXISTING_CLUSTER"] = "";
        // A developer's proxy must not be asked for 127.0.0.1; nobody listens at this address.
        start.Environment["HTTPS_PROXY"] = "http://127.0.0.1:1";
        using var process = Process.Start(start)!;
        var directory = await process.StandardOutput.ReadLineAsync();
        Assert.NotNull(directory);
        var pids = Pids(directory);
        Assert.All(pids, pid => Assert.True(IsRunning(pid)));

        process.Kill();

        await WaitUntilAsync(() => !Directory.Exists(directory));
        Assert.All(pids, pid => Assert.False(IsRunning(pid)));
    }

    [ApiServerFact]
    public async Task StartAsync_UnknownArgument_FailsWithTheServersMessage()
    {
        var options = new KubeApiServerOptions { UseExistingCluster = false };
        options.ApiServerArguments.Add("--no-such-flag");

        var failure = await Assert.ThrowsAsync<KubeApiServerException>(() => KubeApiServerFixture.StartAsync(options));

        Assert.Contains("kube-apiserver ended with exit code 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("kube-apiserver: Error: unknown flag: --no-such-flag", failure.Message, StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task StartAsync_LogDirectory_KeepsTheLogs()
    {
        var directory = Directory.CreateTempSubdirectory("apiserver-logs-").FullName;
        try
        {
            var server = await KubeApiServerFixture.StartAsync(new KubeApiServerOptions { UseExistingCluster = false, LogDirectory = directory });
            await server.DisposeAsync();

            Assert.All(Programs, program => Assert.NotEmpty(File.ReadAllText(Path.Combine(directory, program + ".log"))));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static int[] Pids(string directory) =>
        [.. Programs.Select(program => int.Parse(File.ReadAllText(Path.Combine(directory, program + ".pid")), CultureInfo.InvariantCulture))];

    private static bool IsRunning(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task WaitUntilAsync(Func<bool> done)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!done())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }
}
