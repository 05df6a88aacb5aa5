using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;

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

    /// <summary>Puts the sample's webhooks into a cluster, for one namespace, by its own <c>apply</c>.</summary>
    public async Task<IAsyncDisposable> ApplyAsync(KubeApiServerFixture server, string @namespace)
    {
        // The application's own namespace is exempt, so it is another one.
        var own = $"{@namespace}-hooks";
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "image-registry-webhook.dll"), "apply",
                "--namespace", own, "--url", Address.AbsoluteUri, "--ca-file", _certificatePath,
                .. server.KubeConfigPath is { } path ? ["--kubeconfig", path] : Array.Empty<string>(),
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in AppliedWebhooks.OnlyIn(@namespace, ["images.registry-webhook.example.com", "guard.registry-webhook.example.com"]))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
        return await AppliedWebhooks.InForceAsync(server, $"image-registry-webhook.{own}");
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
