using System.Net.Sockets;
using System.Text;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Support;

/// <summary>An application with webhooks and health checks under Kestrel, on plain HTTP.</summary>
internal sealed class KestrelHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private KestrelHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<FakeLogRecord> Logs => Services.GetFakeLogCollector().GetSnapshot();

    public static async Task<KestrelHost> StartAsync(
        Action<AdmissionWebhooksBuilder> webhooks,
        TimeProvider? time = null,
        Action<AdmissionWebhookOptions>? options = null,
        Action<IServiceCollection>? services = null,
        string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? new FakeTimeProvider());
        webhooks(builder.Services.AddAdmissionWebhooks(options));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        await app.StartAsync();
        return new KestrelHost(app);
    }

    public Task StopAsync() => _app.StopAsync();

    public async Task<WebhookResponse> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await WebhookResponse.ReadAsync(response);
    }

    public async Task<WebhookResponse> PostAsync(byte[]? body = null)
    {
        using var response = await Client.PostAsync(new Uri("/hook?timeout=10s", UriKind.Relative), WebhookHost.Json(body ?? TestReviews.CreatePod()));
        return await WebhookResponse.ReadAsync(response);
    }

    /// <summary>A connection that has carried one review and is kept alive, as the API server keeps them.</summary>
    public async Task<TcpClient> ConnectAsync(byte[] review)
    {
        var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port);
        var head = $"POST /hook?timeout=10s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {review.Length}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        await client.GetStream().WriteAsync(review);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
