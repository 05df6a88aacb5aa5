using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>The reference webhook in a process of its own, with the memory of a pod.</summary>
internal sealed class CagedWebhook : IAsyncDisposable
{
    /// <summary>The environment variable with the path of another build of the reference webhook, to compare with.</summary>
    public const string ProgramKey = "LOAD_WEBHOOK";

    private readonly Process _process;
    private readonly MemoryCage _cage;
    private readonly List<string> _output = [];

    private CagedWebhook(Process process, MemoryCage cage, int port) => (_process, _cage, Port) = (process, cage, port);

    public int Port { get; }

    public string CageKind => _cage.Kind;

    public bool IsAlive => !_process.HasExited;

    /// <summary>The resident memory now, in MiB; 0 of a process that has ended.</summary>
    public long Resident => Read("VmRSS:");

    /// <summary>The highest resident memory so far, in MiB.</summary>
    public long Peak => Read("VmHWM:");

    /// <summary>The last lines that the process has written.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join(Environment.NewLine, _output.TakeLast(20));
            }
        }
    }

    public static async Task<CagedWebhook> StartAsync(long memory, params string[] arguments)
    {
        var cage = MemoryCage.Create(memory);
        var port = FreePort();
        var program = Environment.GetEnvironmentVariable(ProgramKey) ?? Path.Combine(AppContext.BaseDirectory, "image-registry-webhook.dll");
        var start = cage.Start("dotnet", [program, "--port", port.ToString(CultureInfo.InvariantCulture), .. arguments]);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.WorkingDirectory) = (true, true, Path.GetDirectoryName(program));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["AdmissionWebhooks__Tls__Mode"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["ASPNETCORE_URLS"] = "";
        var process = Process.Start(start)!;
        var webhook = new CagedWebhook(process, cage, port);
        process.OutputDataReceived += (_, line) => webhook.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => webhook.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await webhook.WaitUntilReadyAsync();
            return webhook;
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _cage.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (await Probe.AskAsync(Port, "/readyz", patience.Token) != 200)
        {
            Assert.True(IsAlive, $"The webhook ended with {(_process.HasExited ? _process.ExitCode : 0)}: {Output}");
            Assert.False(patience.IsCancellationRequested, $"The webhook was not ready in time: {Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.Add(line);
            }
        }
    }

    private long Read(string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
