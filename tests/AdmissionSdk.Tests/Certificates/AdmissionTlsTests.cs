using System.Diagnostics.Metrics;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Certificates;
using AdmissionSdk.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>The development certificate, and the TLS listener beside the user's own listeners.</summary>
/// <remarks>Covers <see cref="AdmissionTlsOptions"/>, <see cref="AdmissionTlsServiceCollectionExtensions"/>, <see cref="AdmissionListenerSetup"/>, <see cref="AdmissionTlsOptionsValidator"/>, <see cref="ConfiguredAddress"/>, <see cref="DevelopmentCertificate"/>, <see cref="ServingCertificate"/>.</remarks>
public sealed class AdmissionTlsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("webhook.team.svc")]
    public async Task Handshake_DevelopmentCertificate_IsTrustedByItsPem(string hostName)
    {
        await using var host = await TlsHost.StartAsync(options => options.DevelopmentHostNames.Add("webhook.team.svc"));
        using var root = X509Certificate2.CreateFromPem(host.Serving.Pem);

        Assert.Equal(root.Thumbprint, (await host.HandshakeAsync(root, hostName)).Thumbprint);
    }

    [Theory]
    [InlineData("Development", "DevelopmentCertificate", LogLevel.Information)]
    [InlineData("Production", "DevelopmentCertificateElsewhere", LogLevel.Warning)]
    public async Task Start_DevelopmentCertificate_SaysSo(string environment, string name, LogLevel level)
    {
        await using var host = await TlsHost.StartAsync(environment: environment);

        Assert.Equal(level, Assert.Single(host.Logs, record => record.Id.Name == name).Level);
    }

    [Fact]
    public async Task Start_DevelopmentCertificatePath_WritesThePem()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            await using var host = await TlsHost.StartAsync(options => options.DevelopmentCertificatePath = path);

            Assert.Equal(host.Serving.Pem, await File.ReadAllTextAsync(path));
            Assert.DoesNotContain("PRIVATE", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Start_ConfiguredPlainHttpAddress_IsServedToo()
    {
        await using var host = await TlsHost.StartAsync(configure: builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        using var client = new HttpClient();

        var address = Assert.Single(host.Addresses, text => text.StartsWith("http:", StringComparison.Ordinal));
        Assert.Equal("served", await client.GetStringAsync(new Uri(address)));
        using var root = X509Certificate2.CreateFromPem(host.Serving.Pem);
        Assert.Equal(root.Thumbprint, (await host.HandshakeAsync(root)).Thumbprint);
    }

    [Fact]
    public async Task Start_KestrelEndpointsSection_IsServedToo()
    {
        await using var host = await TlsHost.StartAsync(configure: builder => builder.Configuration.AddInMemoryCollection(
            [new("Kestrel:Endpoints:Health:Url", "http://127.0.0.1:0")]));
        using var client = new HttpClient();

        var address = Assert.Single(host.Addresses, text => text.StartsWith("http:", StringComparison.Ordinal));
        Assert.Equal("served", await client.GetStringAsync(new Uri(address)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2")]
    public async Task Start_Address_IsTheOnlyOneListenedOn(string address)
    {
        await using var host = await TlsHost.StartAsync(options => options.Address = address);

        Assert.StartsWith($"https://{address}:", Assert.Single(host.Addresses), StringComparison.Ordinal);
        using var elsewhere = new System.Net.Sockets.TcpClient();
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => elsewhere.ConnectAsync("127.0.0.3", host.Port));
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("10.1.2.3:8443")]
    [InlineData("")]
    public async Task Start_AddressIsNone_FailsWithASentence(string address)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => TlsHost.StartAsync(options => options.Address = address));

        Assert.Contains($"Address is \"{address}\"; it must be an IP address of this machine", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ConfiguredHttpsOnTheSamePortOfAllAddresses_FailsWithASentence()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TlsHost.StartAsync(
            options => (options.Address, options.Port) = ("127.0.0.1", 18444), configure: builder => builder.WebHost.UseUrls("https://*:18444")));

        Assert.Equal(
            "https://*:18444 is configured, and AddAdmissionTls listens on port 18444 of 127.0.0.1 only (AdmissionWebhooks:Tls:Address): take one of them away.",
            exception.Message);
    }

    [Fact]
    public async Task Start_PlainHttpOnTheSamePort_FailsWithASentence()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TlsHost.StartAsync(
            options => options.Port = 18443, configure: builder => builder.WebHost.UseUrls("http://127.0.0.1:18443")));

        Assert.Equal(
            "http://127.0.0.1:18443 is configured as plain HTTP, and AddAdmissionTls listens on port 18443 with TLS: give one of them another port.",
            exception.Message);
    }

    [Fact]
    public async Task Start_AppUrls_FailsWithASentence()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TlsHost.StartAsync(app: app => app.Urls.Add("http://127.0.0.1:0")));

        Assert.StartsWith("app.Urls and app.Run(url) cannot be combined with AddAdmissionTls", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_KeyWithoutCertificate_FailsWithASentence()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TlsHost.StartAsync(configure: builder => builder.Configuration.AddInMemoryCollection([new("AdmissionWebhooks:Tls:KeyPath", "/nowhere")])));

        Assert.Contains("KeyPath is set and CertificatePath is not", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_DevelopmentCertificate_IsReportedInSeconds()
    {
        var time = TlsHost.Clock();
        await using var host = await TlsHost.StartAsync(time: time);
        using var collector = new MetricCollector<double>(
            host.Services.GetRequiredService<IMeterFactory>(), "AdmissionSdk", "admission.certificate.expiry");

        time.Advance(TimeSpan.FromDays(30));
        collector.RecordObservableInstruments();

        Assert.Equal(
            (host.Serving.NotAfter!.Value - time.GetUtcNow()).TotalSeconds, Assert.Single(collector.GetMeasurementSnapshot()).Value);
        Assert.Equal("s", collector.Instrument!.Unit);
    }
}
