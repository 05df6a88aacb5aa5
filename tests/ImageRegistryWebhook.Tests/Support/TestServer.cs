using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRegistryWebhook.Tests.Support;

/// <summary>A server on loopback with the responses of a test, which remembers every request.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private TestServer(Func<HttpContext, Task> respond, IPAddress address, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address, 0, listen =>
            {
                if (certificate is not null)
                {
                    listen.UseHttps(certificate);
                }
            });
            kestrel.Limits.MinResponseDataRate = null;
        });
        _app = builder.Build();
        _app.Run(context =>
        {
            _seen.Enqueue(new SeenRequest(
                context.Request.Method,
                context.Request.Path,
                context.Request.QueryString.Value ?? "",
                context.Request.Headers.Authorization,
                context.Connection.LocalIpAddress!.ToString(),
                string.Join("\n", context.Request.Headers.Select(header => $"{header.Key}: {header.Value}"))));
            _arrived.Release();
            return respond(context);
        });
    }

    public int Port { get; private set; }

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>Starts a server.</summary>
    /// <param name="respond">Writes the response to a request.</param>
    /// <param name="address">The address to listen on; 127.0.0.1 by default.</param>
    /// <param name="certificate">The certificate for TLS; null for plain http.</param>
    public static async Task<TestServer> StartAsync(Func<HttpContext, Task> respond, IPAddress? address = null, X509Certificate2? certificate = null)
    {
        var server = new TestServer(respond, address ?? IPAddress.Loopback, certificate);
        await server._app.StartAsync();
        server.Port = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Starts a server that responds to every request with a status.</summary>
    public static Task<TestServer> StartAsync(int status, IPAddress? address = null) => StartAsync(context => RespondAsync(context, status), address);

    public static Task RespondAsync(HttpContext context, int status, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers.Append(name, value);
        }

        return Task.CompletedTask;
    }

    /// <summary>Waits for one more request.</summary>
    public Task ArrivedAsync() => _arrived.WaitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _arrived.Dispose();
    }
}
