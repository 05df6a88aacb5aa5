using System.Net.Http.Headers;
using AdmissionSdk.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Support;

/// <summary>An application with webhooks, in memory, as a user would write it.</summary>
internal sealed class WebhookHost : IAsyncDisposable
{
    public const string Name = "pods.test.example.com";
    private readonly WebApplication _app;

    private WebhookHost(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<WebhookHost> MutateAsync<T>(Func<MutationContext<T>, AdmissionResult> handler, Action<HandlerBuilder>? rule = null)
        where T : class =>
        StartAsync(webhooks => webhooks.AddMutating(Name, webhook => webhook.Path("/hook").Handle(handler, rule ?? All)));

    public static Task<WebhookHost> ValidateAsync<T>(Func<ValidationContext<T>, AdmissionResult> handler, Action<HandlerBuilder>? rule = null)
        where T : class =>
        StartAsync(webhooks => webhooks.AddValidating(Name, webhook => webhook.Path("/hook").Handle(handler, rule ?? All)));

    public static async Task<WebhookHost> StartAsync(
        Action<AdmissionWebhooksBuilder> webhooks,
        string environment = "Production",
        Action<AdmissionWebhookOptions>? options = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? middleware = null,
        Action<IEndpointConventionBuilder>? conventions = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        // On a busy machine a deadline of the real clock could pass before the handler responds.
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        webhooks(builder.Services.AddAdmissionWebhooks(options));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        middleware?.Invoke(app);
        var endpoints = app.MapAdmissionWebhooks();
        conventions?.Invoke(endpoints);
        await app.StartAsync();
        return new WebhookHost(app);
    }

    public Task<WebhookResponse> PostAsync(byte[] body, string path = "/hook?timeout=10s") => PostAsync(Json(body), path);

    public async Task<WebhookResponse> PostAsync(HttpContent content, string path = "/hook?timeout=10s")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await SendAsync(request);
    }

    public async Task<WebhookResponse> SendAsync(HttpRequestMessage request)
    {
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        request.Headers.UserAgent.ParseAdd("kube-apiserver-admission");
        using var response = await Client.SendAsync(request);
        return await WebhookResponse.ReadAsync(response);
    }

    public static ByteArrayContent Json(byte[] body) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static void All(HandlerBuilder rule) => rule.On(Operations.All).Resource("*", "*", "*", "*");
}
