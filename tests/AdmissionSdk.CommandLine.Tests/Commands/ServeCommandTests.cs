using System.Net;
using System.Net.Sockets;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Commands;

/// <summary>A listener that cannot serve is one line and exit code 2, and the host is not started.</summary>
/// <remarks>Covers <see cref="ServeCommand"/>, <see cref="ServeCheck"/>, <see cref="ServeArguments"/>, <see cref="RootCommandFactory"/>.</remarks>
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

    [Theory]
    [InlineData("--prot 1", "error: --prot is not an option of serve: settings are written --Section:Key=value, such as --AdmissionWebhooks:Tls:Port=9443 (see --help).\n")]
    [InlineData("serve --prot=1", "error: --prot is not an option of serve: ")]
    [InlineData("serve --urls", "error: --urls has no value: write --urls=VALUE.\n")]
    [InlineData("serve --AdmissionWebhooks:Tls:Port --urls=http://*:1", "error: --AdmissionWebhooks:Tls:Port has no value: ")]
    [InlineData("serve -p", "error: '-p' is not an option: ")]
    [InlineData("serve now", "error: 'now' is not an option: ")]
    public Task Serve_ArgumentThatNobodyReads_IsOneLine(string arguments, string error) => AssertRefusedAsync(arguments, error);

    [Theory]
    [InlineData("serve --policy x")]
    [InlineData("serve --known=x --Urls http://127.0.0.1:0 --Some:Key=x")]
    public async Task Serve_SettingsThatAreKnown_AreTaken(string arguments)
    {
        // No certificate in Production stops the start behind the check of arguments.
        var run = await CommandRun.RunAsync(arguments, settings: [("known", "y"), ("AdmissionWebhooks:Tls:Port", "18448")], configure: commandLine => commandLine.AllowSetting("policy"));

        Assert.StartsWith("error: No certificate is configured", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("manifests --format webhooks")]
    [InlineData("lint")]
    public async Task Command_WebhooksInAGroup_IsOneLine(string arguments)
    {
        var run = await CommandRun.RunAsync(
            arguments,
            settings: [("AdmissionWebhooks:Tls:Mode", "Development"), ("AdmissionWebhooks:Tls:Port", "0")],
            map: app => app.MapGroup("/hooks").MapAdmissionWebhooks());

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(
            "error: guard.registry.example.com is served at /hooks/validate, and registered with /validate, which the API server would call: call MapAdmissionWebhooks() on the application and not on a group, and say .Path(\"/hooks/validate\") of the webhook.",
            run.Error, StringComparison.Ordinal);
    }

    private static async Task AssertRefusedAsync(string arguments, string error, params (string Key, string Value)[] settings)
    {
        var run = await CommandRun.RunAsync(arguments, settings: settings, services: services => services.AddAdmissionTls());

        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Equal(run.Error.Length - 1, run.Error.IndexOf('\n', StringComparison.Ordinal));
    }
}
