using System.Diagnostics;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>A webhook in a process of its own.</summary>
internal sealed class Replica : IAsyncDisposable
{
    /// <summary>The environment variable with the time for which the replica serves on after SIGTERM.</summary>
    public const string DrainDelayKey = "LOAD_DRAIN_DELAY";

    private readonly Process _process;

    private Replica(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static Task<Replica> StartAsync(TimeSpan drainDelay) =>
        StartAsync(new Dictionary<string, string> { [DrainDelayKey] = drainDelay.ToString() });

    public static async Task<Replica> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Replica).Assembly.Location]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The replica ended without printing its address: run the test assembly by hand to see its error.");
        return new Replica(process, new Uri(line));
    }

    /// <summary>Sends SIGTERM as the kubelet does, waits for the end, and returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
