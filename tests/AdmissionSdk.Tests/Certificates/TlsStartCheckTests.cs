using System.Net;
using System.Net.Sockets;
using AdmissionSdk.Certificates;
using AdmissionSdk.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>A listener that cannot serve, and will not mend itself, stops the start with one sentence.</summary>
/// <remarks>Covers <see cref="TlsStartCheck"/>, <see cref="ConfiguredAddress"/>.</remarks>
public sealed class TlsStartCheckTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("admission-tls-").FullName;
    private readonly TcpListener _other = new(IPAddress.IPv6Any, 0);

    public void Dispose()
    {
        _other.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Start_PortInUse_NamesTheSetting()
    {
        var port = Taken();

        Assert.Equal($"Port {port} is in use: stop the other process, or set AdmissionWebhooks:Tls:Port to another port.", await FailAsync(options =>
        {
            (options.Port, options.Mode) = (port, CertificateMode.Development);
        }));
    }

    [Fact]
    public async Task Start_PortOfAConfiguredAddressInUse_NamesTheVariables()
    {
        var port = Taken();

        Assert.Equal(
            $"Port {port} of the configured address http://*:{port} is in use: stop the other process, or change ASPNETCORE_URLS or ASPNETCORE_HTTP_PORTS.",
            await FailAsync(configure: builder => builder.WebHost.UseUrls($"http://*:{port}")));
    }

    [Fact]
    public async Task Start_ProductionWithoutACertificate_NamesTheWays()
    {
        const string Message = "No certificate is configured, and the environment is Production: set AdmissionWebhooks:Tls:Mode to Managed in a cluster, AdmissionWebhooks:Tls:CertificatePath to the mounted secret's tls.crt,";

        Assert.StartsWith(Message, await FailAsync(options => options.Port = 18444), StringComparison.Ordinal);
        await using var configured = await TlsHost.StartAsync(options => (options.Port, options.Mode) = (18444, CertificateMode.Development));
        Assert.True(configured.Serving.IsUsable);
    }

    [Fact]
    public async Task Start_ServerInMemory_NeedsNeitherPortNorCertificate()
    {
        var port = Taken();

        await using var host = await TlsHost.StartAsync(options => options.Port = port, configure: builder => builder.WebHost.UseTestServer());

        Assert.True(host.Serving.IsUsable);
    }

    [Theory]
    [InlineData("missing/tls.crt", "AdmissionWebhooks:Tls:CertificatePath is \"{0}\", and the directory {1} does not exist: correct the path, or mount the secret there.")]
    [InlineData("other", "AdmissionWebhooks:Tls:CertificatePath is \"{0}\", and that is a directory: name the file.")]
    [InlineData("tls.cert", "AdmissionWebhooks:Tls:CertificatePath is \"{0}\", and that file does not exist; beside it there are tls.crt: correct the path.")]
    public async Task Start_PathThatLeadsNowhere_NamesTheSettingAndTheFix(string path, string message)
    {
        Directory.CreateDirectory(Path.Combine(_directory, "other"));
        await File.WriteAllTextAsync(Path.Combine(_directory, "tls.crt"), "");
        await File.WriteAllTextAsync(Path.Combine(_directory, "tls.key"), "");
        var full = Path.Combine(_directory, path);

        var expected = string.Format(null, message, full, Path.GetDirectoryName(full));
        Assert.Equal(expected, await FailAsync(options => (options.CertificatePath, options.KeyPath) = (full, Path.Combine(_directory, "tls.key"))));
    }

    [Fact]
    public async Task Start_KeyAndAuthorityThatLeadNowhere_AreOneMessage()
    {
        var certificate = Path.Combine(_directory, "tls.crt");
        await File.WriteAllTextAsync(certificate, "");

        var message = await FailAsync(options =>
        {
            (options.CertificatePath, options.KeyPath, options.ClientCaPath) = (certificate, _directory, "/nowhere/ca.crt");
        });

        Assert.Equal(
            $"AdmissionWebhooks:Tls:KeyPath is \"{_directory}\", and that is a directory: name the file. AdmissionWebhooks:Tls:ClientCaPath is \"/nowhere/ca.crt\", and the directory /nowhere does not exist: correct the path, or mount the secret there.",
            message);
    }

    private int Taken()
    {
        _other.Server.DualMode = true;
        _other.Start();
        return ((IPEndPoint)_other.LocalEndpoint).Port;
    }

    private static async Task<string> FailAsync(Action<AdmissionTlsOptions>? tls = null, Action<WebApplicationBuilder>? configure = null) =>
        (await Assert.ThrowsAsync<InvalidOperationException>(() => TlsHost.StartAsync(tls, configure: configure))).Message;
}
