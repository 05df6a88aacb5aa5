using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AdmissionSdk.EndToEnd.Tests.Corpus.Support;

/// <summary>An application of the SDK whose only mutator does nothing, and that keeps what goes in and out.</summary>
internal sealed class CorpusApp : IAsyncDisposable
{
    public const string Path = "/corpus";
    private readonly WebhookServer _server;
    private readonly ConcurrentQueue<(string Review, string Response)> _exchanges;

    private CorpusApp(WebhookServer server, ConcurrentQueue<(string Review, string Response)> exchanges) => (_server, _exchanges) = (server, exchanges);

    public Uri Address => _server.Address;

    public byte[] CaBundle => _server.CaBundle;

    public static async Task<CorpusApp> StartAsync()
    {
        var exchanges = new ConcurrentQueue<(string, string)>();
        var server = await WebhookServer.StartAsync(Register, app =>
        {
            // Webhooks run as soon as they are routed, so only what stands before the routing sees them.
            app.Use((context, next) => KeepAsync(context, next, exchanges));
            app.UseRouting();
            app.MapAdmissionWebhooks();
        });
        return new CorpusApp(server, exchanges);

        static void Register(AdmissionWebhooksBuilder webhooks) => webhooks.AddMutatingWebhook("corpus.example.com", webhook => webhook.Path(Path).Handle<JsonObject>(
            context =>
            {
                // Reading the old object is what decodes it.
                _ = context.OldObject;
                return AdmissionResult.Allow();
            },
            rule => rule.Resource("*", "*", "*", "*").On(Operations.Any)));
    }

    /// <summary>Takes the exchanges since the last call.</summary>
    public IReadOnlyList<(string Review, string Response)> Take()
    {
        List<(string, string)> taken = [];
        while (_exchanges.TryDequeue(out var exchange))
        {
            taken.Add(exchange);
        }

        return taken;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, RequestDelegate next, ConcurrentQueue<(string, string)> exchanges)
    {
        context.Request.EnableBuffering();
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8, leaveOpen: true);
        var review = await reader.ReadToEndAsync();
        context.Request.Body.Position = 0;
        var wire = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        await next(context);
        exchanges.Enqueue((review, Encoding.UTF8.GetString(copy.ToArray())));
        context.Response.Body = wire;
        await wire.WriteAsync(copy.ToArray());
    }
}
