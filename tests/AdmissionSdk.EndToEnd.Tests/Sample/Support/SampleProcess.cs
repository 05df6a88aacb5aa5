using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;

namespace AdmissionSdk.EndToEnd.Tests.Sample.Support;

/// <summary>The reference webhook as a process of its own, on a loopback port with a development certificate.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _certificatePath;
    private readonly ProcessLog _log;

    private SampleProcess(Process process, ProcessLog log, int port, string certificatePath)
    {
        _process = process;
        _log = log;
        _certificatePath = certificatePath;
        Address = new Uri($"https://localhost:{port}");
    }

    public Uri Address { get; }

    /// <param name="kubeConfigPath">The kubeconfig file; null when the webhook needs no cluster.</param>
    /// <param name="arguments">The webhook's settings.</param>
    public static async Task<SampleProcess> StartAsync(string? kubeConfigPath = null, params string[] arguments)
    {
        var port = FreePort();
        var certificatePath = Path.Combine(Path.GetTempPath(), $"image-registry-webhook-{Guid.NewGuid():n}.pem");
        var log = new ProcessLog();
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
        process.StartInfo.Environment["KUBECONFIG"] = kubeConfigPath;
        process.OutputDataReceived += (_, line) => log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => log.End();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await log.WaitForAsync("Application started");
        return new SampleProcess(process, log, port, certificatePath);
    }

    /// <summary>Puts the sample's webhooks into a cluster, for one namespace, by its own <c>apply</c>.</summary>
    public async Task<IAsyncDisposable> ApplyAsync(KubeApiServerFixture server, string @namespace, bool workloads = false)
    {
        // The application's own namespace is exempt, so the application gets another namespace.
        var own = $"{@namespace}-webhooks";
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
        string[] webhooks =
        [
            "images.registry-webhook.example.com",
            "guard.registry-webhook.example.com",
            .. workloads ? ["workloads.registry-webhook.example.com"] : Array.Empty<string>(),
        ];
        start.Environment["Workloads"] = workloads ? "deny" : "off";
        foreach (var (key, value) in AppliedWebhooks.OnlyIn(@namespace, webhooks))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
        return await AppliedWebhooks.InForceAsync(server, $"image-registry-webhook.{own}");
    }

    /// <summary>Waits for a line with the text; the sample may have written the line already.</summary>
    public Task WaitForLogAsync(string text) => _log.WaitForAsync(text);

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
