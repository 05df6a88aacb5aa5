using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using AdmissionSdk.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Shared;

namespace AdmissionSdk.Tests.Support;

/// <summary>An application that listens with TLS under Kestrel.</summary>
internal sealed class TlsHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TlsHost(WebApplication app) => _app = app;

    public static SerialTimeProvider Clock() => new(TimeProvider.System.GetUtcNow());

    public ServingCertificate Serving => _app.Services.GetRequiredService<ServingCertificate>();

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<string> Addresses =>
        [.. _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    public int Port => new Uri(Addresses.First(address => address.StartsWith("https", StringComparison.Ordinal)).Replace("[::]", "localhost", StringComparison.Ordinal)).Port;

    public IReadOnlyList<FakeLogRecord> Logs =>
        _app.Services.GetFakeLogCollector().GetSnapshot();

    public static async Task<TlsHost> StartAsync(
        Action<AdmissionTlsOptions>? tls = null,
        TimeProvider? time = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? app = null,
        string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders().AddFakeLogging();
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddAdmissionTls(options =>
        {
            options.Port = 0;
            // Tests share no certificate.
            options.DevelopmentStore = null;
            tls?.Invoke(options);
        });
        configure?.Invoke(builder);
        var host = builder.Build();
        host.MapGet("/", () => Results.Text("served"));
        app?.Invoke(host);
        try
        {
            await host.StartAsync();
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        return new TlsHost(host);
    }

    /// <summary>Shakes hands as a client that trusts <paramref name="root"/> and nothing else, and fetches no certificate from anywhere.</summary>
    public async Task<(string Thumbprint, SslApplicationProtocol Protocol)> HandshakeAsync(X509Certificate2 root, string hostName = "localhost")
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("localhost", Port);
        await using var tls = new SslStream(tcp.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = hostName,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { root },
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
            },
        });
        return (((X509Certificate2)tls.RemoteCertificate!).Thumbprint, tls.NegotiatedApplicationProtocol);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
