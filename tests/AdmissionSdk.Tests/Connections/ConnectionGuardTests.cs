using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AdmissionSdk.Connections;
using AdmissionSdk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Connections;

/// <summary>A real listener that is full: the newcomer is served, and the one that goes is told.</summary>
/// <remarks>Covers <see cref="ConnectionGuard"/>, <see cref="ConnectionCloser"/>, <see cref="OpenConnection"/>.</remarks>
public sealed class ConnectionGuardTests
{
    private const int Limit = AdmissionConnectionOptions.FewestConnections;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Newcomer_WhenFull_IsServedAndTheOldestGetsGoAway()
    {
        await using var host = await StartAsync();
        var open = new List<SslStream>();
        for (var i = 0; i < Limit; i++)
        {
            open.Add(await OpenAsync(host, SslApplicationProtocol.Http2));
            // The preface and the first settings, so that the connection speaks HTTP/2.
            await open[i].WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0]);
            Assert.Equal(4, await ReadFrameAsync(open[i]));
        }

        await using var newcomer = await OpenAsync(host, SslApplicationProtocol.Http11);
        await newcomer.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(newcomer);
        Assert.EndsWith("served", await reader.ReadToEndAsync(), StringComparison.Ordinal);

        var types = new List<int>();
        for (int type; (type = await ReadFrameAsync(open[0])) >= 0;)
        {
            types.Add(type);
        }

        const int goAway = 7;
        Assert.Contains(goAway, types);
        foreach (var stream in open)
        {
            await stream.DisposeAsync();
        }
    }

    [Fact]
    public async Task Silent_ForTooLong_IsClosedAndCounted()
    {
        var time = TlsHost.Clock();
        await using var host = await StartAsync(time);
        using var evictions = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), "AdmissionSdk", "admission.connection.evictions");
        using var active = new MetricCollector<long>(host.Services.GetRequiredService<IMeterFactory>(), "AdmissionSdk", "admission.connection.active");
        await using var silent = await OpenAsync(host, SslApplicationProtocol.Http11);
        await active.WaitForMeasurementsAsync(1, Patience);

        time.Advance(TimeSpan.FromSeconds(31));

        using var patience = new CancellationTokenSource(Patience);
        Assert.Equal(0, await ReadAsync(silent, new byte[1], patience.Token));
        await active.WaitForMeasurementsAsync(2, Patience);
        Assert.Equal([1, -1], active.GetMeasurementSnapshot().Select(measurement => measurement.Value));
        Assert.Equal("no_request", Assert.Single(evictions.GetMeasurementSnapshot()).Tags["admission.eviction"]);
        Assert.DoesNotContain(host.Logs, record => record.Id.Name == "ConnectionsClosed");
    }

    [Fact]
    public async Task Log_OfAFlood_IsALineAMinute()
    {
        var time = TlsHost.Clock();
        await using var host = await StartAsync(time);
        var closer = host.Services.GetRequiredService<ConnectionCloser>();

        for (var second = 0; second < 150; second++)
        {
            closer.Refuse();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var lines = host.Logs.Where(record => record.Id.Name == "ConnectionsClosed").ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Equal(LogLevel.Warning, line.Level));
        Assert.Contains("0 connections closed and 60 refused", lines[1].Message, StringComparison.Ordinal);
    }

    private static Task<TlsHost> StartAsync(TimeProvider? time = null) => TlsHost.StartAsync(
        time: time, configure: builder => builder.Services.Configure<AdmissionConnectionOptions>(options => options.MaxConnections = Limit));

    private static async Task<SslStream> OpenAsync(TlsHost host, SslApplicationProtocol protocol)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var root = X509Certificate2.CreateFromPem(host.Serving.Pem);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, host.Port, patience.Token);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [protocol],
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { root },
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
            },
            patience.Token);
        return stream;
    }

    /// <summary>Reads a frame of HTTP/2 and returns its type; -1 at the end.</summary>
    private static async Task<int> ReadFrameAsync(SslStream stream)
    {
        using var patience = new CancellationTokenSource(Patience);
        var head = new byte[9];
        if (await ReadAsync(stream, head, patience.Token) < head.Length)
        {
            return -1;
        }

        await stream.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], patience.Token);
        return head[3];
    }

    /// <summary>Fills the buffer, and returns the bytes that came before the end. A host that closes with bytes unread resets the connection, which is an end too.</summary>
    private static async Task<int> ReadAsync(SslStream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
