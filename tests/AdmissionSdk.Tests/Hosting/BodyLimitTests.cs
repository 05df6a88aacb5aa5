using System.Net;
using System.Text;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>The limit is counted by the SDK, so it is the same in memory, where nothing enforces one, and under Kestrel, which has its own of 30,000,000 bytes.</summary>
public sealed class BodyLimitTests
{
    private const int Limit = 100_000;
    private static readonly string TooLarge = $"the request body is larger than {Limit} bytes";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TooLargeInMemory_Answers413(bool withContentLength)
    {
        await using var host = await StartAsync();

        (await host.PostAsync(Content(PodOf(Limit + 1), withContentLength))).AssertLine(HttpStatusCode.RequestEntityTooLarge, TooLarge);
        Assert.Equal(0, host.Services.GetRequiredService<BodyBudget>().Used);
    }

    [Fact]
    public async Task Post_AsLargeAsTheLimitInMemory_IsAnswered()
    {
        await using var host = await StartAsync();

        (await host.PostAsync(PodOf(Limit))).AssertReview();
        Assert.Equal(0, host.Services.GetRequiredService<BodyBudget>().Used);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TooLargeForKestrel_Answers413(bool withContentLength)
    {
        await using var app = await StartKestrelAsync(Limit);
        using var client = new HttpClient { BaseAddress = Address(app) };

        using var response = await client.PostAsync("/hook", Content(PodOf(Limit + 1), withContentLength));

        (await WebhookResponse.ReadAsync(response)).AssertLine(HttpStatusCode.RequestEntityTooLarge, TooLarge);
    }

    [Fact]
    public async Task Post_LargerThanKestrelsOwnLimit_IsAnsweredWhenOursAllowsIt()
    {
        await using var app = await StartKestrelAsync(40_000_000);
        using var client = new HttpClient { BaseAddress = Address(app) };

        using var response = await client.PostAsync("/hook", WebhookHost.Json(PodOf(31_000_000)));

        (await WebhookResponse.ReadAsync(response)).AssertReview();
    }

    [Fact]
    public async Task Post_BeyondTheProcesssBudget_Answers503WithoutRetryAfter()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddMutating(WebhookHost.Name, hook => hook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (Limit, Limit));
        var budget = host.Services.GetRequiredService<BodyBudget>();
        Assert.True(budget.TryTake(Limit - 10));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.ServiceUnavailable, "too many request bytes are being worked on");

        budget.Return(Limit - 10);
        (await host.PostAsync(TestReviews.CreatePod())).AssertReview();
    }

    private static Task<WebhookHost> StartAsync() => WebhookHost.StartAsync(
        webhooks => webhooks.AddMutating(WebhookHost.Name, hook => hook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
        options: options => options.MaxRequestBodyBytes = Limit);

    private static async Task<WebApplication> StartKestrelAsync(int limit)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAdmissionWebhooks(options => options.MaxRequestBodyBytes = limit)
            .AddMutating(WebhookHost.Name, hook => hook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow()));
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        await app.StartAsync();
        return app;
    }

    private static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    private static HttpContent Content(byte[] body, bool withContentLength)
    {
        if (withContentLength)
        {
            return WebhookHost.Json(body);
        }

        var content = new StreamContent(new UnsizedStream(body));
        content.Headers.ContentType = new("application/json");
        return content;
    }

    private static byte[] PodOf(int bytes)
    {
        var pod = TestReviews.CreatePod();
        return [.. pod, .. Encoding.ASCII.GetBytes(new string(' ', bytes - pod.Length))];
    }
}
