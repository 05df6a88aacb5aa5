using System.Diagnostics;
using System.Globalization;
using AdmissionSdk.Testing.ApiServer;
using AdmissionSdk.Testing.Tests.Support;

namespace AdmissionSdk.Testing.Tests.ApiServer;

/// <summary>Programs that end with the test process.</summary>
/// <remarks>Covers <see cref="ProcessGuard"/>.</remarks>
[Collection(ProcessTests.Name)]
public sealed class ProcessGuardTests
{
    [Fact]
    public async Task RunAsync_ProgramEnds_TellsItsExitCodeAndOutput()
    {
        await using var guard = ProcessGuard.Start();
        var log = Path.Combine(guard.Directory, "it's a log");

        await guard.RunAsync("program", log, "/bin/sh", ["-c", "echo \"$1\"; exit 7", "sh", "it's $HOME"]);

        Assert.Equal("7", await UntilAsync(() => guard.ExitCode("program")));
        Assert.Equal("it's $HOME\n", await File.ReadAllTextAsync(log));
    }

    [Fact]
    public async Task ExitCode_ProgramCannotRun_IsThatOfTheShell()
    {
        await using var guard = ProcessGuard.Start();

        await guard.RunAsync("program", Path.Combine(guard.Directory, "log"), "/no/such/program", []);

        Assert.Equal("127", await UntilAsync(() => guard.ExitCode("program")));
    }

    [Fact]
    public async Task DisposeAsync_ProgramsRun_KillsThemAndRemovesTheDirectory()
    {
        var guard = ProcessGuard.Start();
        foreach (var name in new[] { "first", "second" })
        {
            await guard.RunAsync(name, Path.Combine(guard.Directory, name + ".log"), "/bin/sleep", ["600"]);
        }

        var pids = new[] { await PidAsync(guard, "first"), await PidAsync(guard, "second") };

        await guard.DisposeAsync();

        Assert.All(pids, pid => Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid)));
        Assert.False(Directory.Exists(guard.Directory));
    }

    [Fact]
    public async Task DisposeAsync_RightAfterStart_LeavesNothing()
    {
        var guard = ProcessGuard.Start();
        await guard.RunAsync("program", Path.Combine(guard.Directory, "log"), "/bin/sleep", ["600"]);

        await guard.DisposeAsync();

        Assert.False(Directory.Exists(guard.Directory));
    }

    private static async Task<int> PidAsync(ProcessGuard guard, string name)
    {
        var path = Path.Combine(guard.Directory, name + ".pid");
        return int.Parse(await UntilAsync(() => File.Exists(path) && File.ReadAllText(path) is { Length: > 0 } text ? text : null), CultureInfo.InvariantCulture);
    }

    private static async Task<string> UntilAsync(Func<string?> value)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            if (value() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }
}
