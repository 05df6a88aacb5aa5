using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AdmissionSdk.Hosting;
using AdmissionSdk.Testing.Tests.App;

namespace AdmissionSdk.Testing.Tests.Hosting;

/// <summary>A program that calls <c>app.Run()</c> ends with one line and exit code 2 for what a setting can mend.</summary>
/// <remarks>Covers <see cref="StartupCheck"/>, <see cref="StartRefusal"/>, <see cref="StartRefusedException"/>, <see cref="StartupServices"/>, <see cref="RouteCheck"/>.</remarks>
public sealed class StartErrorTests
{
    [Fact]
    public Task Run_NoCertificate_IsOneLine() => AssertRefusedAsync(
        "error: No certificate is configured, and the environment is Production: set AdmissionWebhooks:Tls:Mode to Managed in a cluster, AdmissionWebhooks:Tls:CertificatePath to the mounted secret's tls.crt, or AdmissionWebhooks:Tls:Mode to Development to serve a development certificate here.",
        "", ("AdmissionWebhooks__Tls__Port", "18446"));

    [Fact]
    public Task Run_WrongValue_IsOneLine() => AssertRefusedAsync(
        "error: AdmissionWebhooks:Tls:Port is \"abc\"; it must be ", "", ("AdmissionWebhooks__Tls__Port", "abc"));

    [Fact]
    public Task Run_UnknownSetting_IsOneLine() => AssertRefusedAsync(
        "error: AdmissionWebhooks:Tls:CertificatPath is not a setting; there are ", "", ("AdmissionWebhooks__Tls__CertificatPath", "/tls/tls.crt"));

    [Fact]
    public async Task Run_PortInUse_IsOneLine()
    {
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";

        await AssertRefusedAsync(
            $"error: Port {port} is in use: stop the other process, or set AdmissionWebhooks:Tls:Port to another port.", "",
            ("AdmissionWebhooks__Tls__Mode", "Development"), ("AdmissionWebhooks__Tls__Port", port));
    }

    [Fact]
    public Task Run_WebhooksInAGroup_IsOneLine() => AssertRefusedAsync(
        "error: pods.app.example.com is served at /hooks/validate/pods.app.example.com, and registered with /validate/pods.app.example.com, which the API server would call: call MapAdmissionWebhooks() on the application and not on a group, and say .Path(\"/hooks/validate/pods.app.example.com\") of the webhook.",
        "--group", ("AdmissionWebhooks__Tls__Mode", "Development"), ("AdmissionWebhooks__Tls__Port", "0"));

    private static async Task AssertRefusedAsync(string error, string argument, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Greeting).Assembly.Location, "--plain", .. argument.Length == 0 ? Array.Empty<string>() : [argument]])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
            await process.WaitForExitAsync(patience.Token);

            Assert.StartsWith(error, await errors, StringComparison.Ordinal);
            Assert.Single((await errors).TrimEnd('\n').Split('\n'));
            Assert.DoesNotContain("   at ", await output, StringComparison.Ordinal);
            Assert.Equal(2, process.ExitCode);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
