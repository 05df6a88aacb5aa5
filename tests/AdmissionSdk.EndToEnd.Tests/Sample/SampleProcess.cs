using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AdmissionSdk.EndToEnd.Tests.Sample;

/// <summary>The reference webhook as a process of its own, as it is deployed, on a loopback port with a development certificate.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _certificatePath;

    private SampleProcess(Process process, int port, string certificatePath)
    {
        _process = process;
        _certificatePath = certificatePath;
        Address = new Uri($"https://localhost:{port}");
    }

    public Uri Address { get; }

    public byte[] CaBundle => File.ReadAllBytes(_certificatePath);

    public static async Task<SampleProcess> StartAsync(params string[] arguments)
    {
        var port = FreePort();
        var certificatePath = Path.Combine(Path.GetTempPath(), $"image-registry-webhook-{Guid.NewGuid():n}.pem");
        var log = new StringBuilder();
        var assembly = Path.Combine(AppContext.BaseDirectory, "image-registry-webhook.dll");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                "dotnet", [assembly, "--port", $"{port}", $"--AdmissionWebhooks:Tls:DevelopmentCertificatePath={certificatePath}", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = AppContext.BaseDirectory,
            },
        };
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Read(string? line)
        {
            lock (log)
            {
                log.AppendLine(line);
            }

            if (line?.Contains("Application started", StringComparison.Ordinal) == true)
            {
                started.TrySetResult();
            }
        }

        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException($"The sample ended:\n{log}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await started.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        return new SampleProcess(process, port, certificatePath);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_certificatePath);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
