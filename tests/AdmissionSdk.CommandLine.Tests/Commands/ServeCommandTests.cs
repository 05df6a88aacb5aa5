using System.Net;
using System.Net.Sockets;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>A listener that cannot serve is one line and exit code 2, and the host is not started.</summary>
/// <remarks>Covers <see cref="ServeCommand"/>, <see cref="ServeCheck"/>, <see cref="RootCommandFactory"/>.</remarks>
public sealed class ServeCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("serve")]
    public async Task Serve_PortInUse_IsOneLine(string arguments)
    {
        using var other = new TcpListener(IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        await AssertRefusedAsync(
            arguments,
            $"error: Port {port} is in use: stop the other process, or set AdmissionWebhooks:Tls:Port to another port.\n",
            ("AdmissionWebhooks:Tls:Port", $"{port}"),
            ("AdmissionWebhooks:Tls:Mode", "Development"));
    }

    [Fact]
    public Task Serve_NoCertificateInProduction_IsOneLine() => AssertRefusedAsync(
        "serve",
        "error: No certificate is configured, and the environment is Production: set AdmissionWebhooks:Tls:Mode to Managed in a cluster, AdmissionWebhooks:Tls:CertificatePath to the mounted secret's tls.crt, or AdmissionWebhooks:Tls:Mode to Development to serve a development certificate here.\n",
        ("AdmissionWebhooks:Tls:Port", "18445"));

    [Fact]
    public Task Serve_PathOfTheKeyThatIsADirectory_IsOneLine() => AssertRefusedAsync(
        "serve",
        $"error: AdmissionWebhooks:Tls:KeyPath is \"{AppContext.BaseDirectory}\", and that is a directory: name the file.\n",
        ("AdmissionWebhooks:Tls:Port", "0"),
        ("AdmissionWebhooks:Tls:CertificatePath", typeof(ServeCommandTests).Assembly.Location),
        ("AdmissionWebhooks:Tls:KeyPath", AppContext.BaseDirectory));

    [Fact]
    public Task Serve_OptionsOfSeveralKindsThatCannotWork_AreOneLine() => AssertRefusedAsync(
        "serve",
        "error: AdmissionWebhooks:Tls:CertificatPath is not a setting; there are ",
        ("AdmissionWebhooks:Tls:CertificatPath", "/tls/tls.crt"));

    private static async Task AssertRefusedAsync(string arguments, string error, params (string Key, string Value)[] settings)
    {
        var run = await CommandRun.RunAsync(arguments, settings: settings, services: services => services.AddAdmissionTls());

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }
}
