using System.IO.Pipelines;
using System.Net;
using System.Text;
using AdmissionSdk.Hosting;
using AdmissionSdk.Memory;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>The limits of bodies, counted by the SDK: the same in memory and under Kestrel, which has a limit of its own of 30,000,000 bytes.</summary>
/// <remarks>Covers <see cref="BodyBudget"/>, <see cref="BodyReader"/>, <see cref="RequestBody"/>, <see cref="RequestBodyError"/>, <see cref="IReviewMemory"/>.</remarks>
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
    [InlineData(1_000)]
    [InlineData(Limit)]
    [InlineData(1 << 20)]
    public async Task Post_AsLargeAsTheLimitAndTheBudget_IsRead(int limit)
    {
        // The tightest options that are allowed: a body as large as they promise fits.
        using var services = new ServiceCollection().AddOptions<AdmissionWebhookOptions>()
            .Configure(options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (limit, limit)).Services.AddSingleton(new MemoryAllowance(1)).BuildServiceProvider();
        var budget = ActivatorUtilities.CreateInstance<BodyBudget>(services);

        var (body, error) = await RequestBody.ReadAsync(new MemoryStream(new byte[limit]), budget, limit, CancellationToken.None);

        Assert.Equal((RequestBodyError.None, limit, limit), (error, body!.Memory.Length, budget.Used));
        var other = await RequestBody.ReadAsync(new MemoryStream(new byte[1]), budget, limit, CancellationToken.None);
        Assert.Equal((null, RequestBodyError.BudgetExceeded), other);
        body.Dispose();
        Assert.Equal(0, budget.Used);
        (_, error) = await RequestBody.ReadAsync(new MemoryStream(new byte[limit + 1]), budget, limit, CancellationToken.None);
        Assert.Equal((RequestBodyError.TooLarge, 0), (error, budget.Used));
    }

    [Fact]
    public async Task Post_AsLargeAsTheLimitAndTheBudget_IsAnswered()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (Limit, 20 * Limit));

        (await host.PostAsync(PodOf(Limit))).AssertReview();
        (await host.PostAsync(PodOf(Limit + 1))).AssertLine(HttpStatusCode.RequestEntityTooLarge, TooLarge);
        (await host.PostAsync(Content(PodOf(Limit + 1), withContentLength: false))).AssertLine(HttpStatusCode.RequestEntityTooLarge, TooLarge);
        Assert.Equal(0, host.Services.GetRequiredService<BodyBudget>().Used);
    }

    [Fact]
    public async Task Post_ManyObjects_CountWithWhatTheyTakeInMemory()
    {
        const int budget = 5 << 19;
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (Limit, budget));
        var review = TestReviews.CreatePod(review => review.Request()["object"]!["spec"]!["volumes"] =
            new System.Text.Json.Nodes.JsonArray([.. Enumerable.Range(0, 3_000).Select(_ => new System.Text.Json.Nodes.JsonObject())]));
        Assert.True(review.Length < 32 * 1024);

        // The memory for 3,000 objects fits alone, but not beside other bodies.
        Assert.True(host.Services.GetRequiredService<BodyBudget>().TryTake(budget / 2));
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync(review)).Status);
        host.Services.GetRequiredService<BodyBudget>().Return(budget / 2);
        (await host.PostAsync(review)).AssertReview();
        Assert.Equal(0, host.Services.GetRequiredService<BodyBudget>().Used);
    }

    [Fact]
    public async Task Read_BeforeAByteHasArrived_CostsNothing()
    {
        using var services = new ServiceCollection().AddOptions().AddSingleton(MemoryAllowance.OfProcess()).BuildServiceProvider();
        var budget = ActivatorUtilities.CreateInstance<BodyBudget>(services);
        var pipe = new Pipe();

        var reading = RequestBody.ReadAsync(pipe.Reader.AsStream(), budget, Limit, CancellationToken.None).AsTask();
        Assert.Equal((false, 0), (reading.IsCompleted, budget.Used));
        await pipe.Writer.WriteAsync("{}"u8.ToArray());
        await pipe.Writer.CompleteAsync();

        Assert.Equal(2, (await reading).Body!.Memory.Length);
        Assert.True(budget.Used > 0);
    }

    [Fact]
    public async Task Post_ObserverThrows_GivesTheBodyBack()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            services: services => services.AddLogging(logging => logging.AddProvider(new BrokenScopes())));

        await Record.ExceptionAsync(() => host.PostAsync(TestReviews.CreatePod()));

        Assert.Equal(0, host.Services.GetRequiredService<BodyBudget>().Used);
    }

    [Theory]
    [InlineData(0)]
    [InlineData((1 << 30) + 1)]
    public async Task Start_LimitThatCannotBe_SaysWhichCan(int limit)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => WebhookHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (limit, 1L << 40)));

        Assert.Equal($"MaxRequestBodyBytes is {limit}; it must be 1 to 1073741824.", exception.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TooLargeForKestrel_Answers413(bool withContentLength)
    {
        await using var host = await StartKestrelAsync(Limit);

        using var response = await host.Client.PostAsync("/hook", Content(PodOf(Limit + 1), withContentLength));

        (await WebhookResponse.ReadAsync(response)).AssertLine(HttpStatusCode.RequestEntityTooLarge, TooLarge);
    }

    [Fact]
    public async Task Post_LargerThanKestrelsOwnLimit_IsAnsweredWhenOursAllowsIt()
    {
        await using var host = await StartKestrelAsync(40_000_000);

        (await host.PostAsync(PodOf(31_000_000))).AssertReview();
    }

    [Fact]
    public async Task Post_BeyondTheProcesssBudget_Answers503WithoutRetryAfter()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (Limit, 10 * Limit));
        var budget = host.Services.GetRequiredService<BodyBudget>();
        Assert.True(budget.TryTake((10 * Limit) - 10));

        (await host.PostAsync(TestReviews.CreatePod())).AssertLine(
            HttpStatusCode.ServiceUnavailable, "too many request bytes are being worked on");

        budget.Return((10 * Limit) - 10);
        (await host.PostAsync(TestReviews.CreatePod())).AssertReview();
    }

    private static Task<WebhookHost> StartAsync() => WebhookHost.StartAsync(
        webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
        options: options => options.MaxRequestBodyBytes = Limit);

    private static Task<KestrelHost> StartKestrelAsync(int limit) => KestrelHost.StartAsync(
        webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
        options: options => options.MaxRequestBodyBytes = limit);

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

    /// <summary>A logging provider that fails where a review begins.</summary>
    private sealed class BrokenScopes : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            state is ReviewScope ? throw new NotSupportedException("on purpose") : null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}
