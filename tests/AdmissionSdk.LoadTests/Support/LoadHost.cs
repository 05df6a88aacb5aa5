using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>A webhook under Kestrel in this process, so that tests can measure its memory and threads.</summary>
internal sealed class LoadHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoadHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public Uri Address => Client.BaseAddress!;

    public static async Task<LoadHost> StartAsync(
        Action<AdmissionWebhooksBuilder> webhooks, Action<AdmissionWebhookOptions>? configure = null, Action<KestrelServerLimits>? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Environment.EnvironmentName = "Production";
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(options => limits?.Invoke(options.Limits));
        webhooks(builder.Services.AddAdmissionWebhooks(options => configure?.Invoke(options)));
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        await app.StartAsync();
        return new LoadHost(app);
    }

    public async Task<(int Status, string Body)> PostAsync(HttpContent content, string query, CancellationToken cancellationToken = default)
    {
        using var response = await Client.PostAsync(new Uri("/webhook" + query, UriKind.Relative), content, cancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    public static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new("application/json") } };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
