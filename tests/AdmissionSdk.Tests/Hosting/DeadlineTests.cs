using System.Net;
using AdmissionSdk.Configuration;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>The response is the SDK's own and on time, whatever a handler does with its thread and its token.</summary>
/// <remarks>Covers <see cref="GoDuration"/>, <see cref="ReviewDeadline"/>, <see cref="DeadlineClock"/>, <see cref="HandlerCancellation"/>, <see cref="HandlerChain"/>, <see cref="AbandonedCalls"/>, <see cref="WebhookRuntime"/>, <see cref="BodyReader"/>.</remarks>
public sealed class DeadlineTests : IDisposable
{
    private const string Late = $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): no decision within ";
    private readonly FakeTimeProvider _time = new();
    private readonly ManualResetEventSlim _unblock = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _entered = new(0);

    public void Dispose()
    {
        // Handlers that still block must not outlive the test.
        _unblock.Set();
        _release.TrySetResult();
        _entered.Dispose();
    }

    [Theory]
    [InlineData("/hook?timeout=2s", 1.85)]
    [InlineData("/hook?timeout=1s", 0.85)]
    [InlineData("/hook?timeout=90s", 29.85)]
    [InlineData("/hook", 2.85)]
    [InlineData("/hook?timeout=soon", 2.85)]
    [InlineData("/hook?timeout=-1s", 2.85)]
    public async Task Post_HandlerHonoursItsToken_IsAnsweredAtTheDeadline(string path, double seconds)
    {
        // A missing or malformed parameter means the webhook's own timeout; the margin of 150 ms comes off.
        await using var host = await StartAsync(async token =>
        {
            _entered.Release();
            await _release.Task.WaitAsync(token);
        }, webhook => webhook.Timeout(TimeSpan.FromSeconds(3)));

        var answer = host.Host.PostAsync(TestReviews.CreatePod(), path);
        await _entered.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(seconds - 0.001));
        Assert.False(answer.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.001));

        (await answer).AssertLine(HttpStatusCode.InternalServerError, Late + seconds.ToString(System.Globalization.CultureInfo.InvariantCulture) + " s");
    }

    [Fact]
    public async Task Post_HandlerIgnoresItsToken_IsAnsweredAndKeepsItsSlotUntilItEnds()
    {
        await using var host = await StartAsync(
            async _ =>
            {
                _entered.Release();
                await _release.Task;
            },
            webhook => webhook.MaxConcurrentReviews(1));
        using var abandoned = host.Collect<long>("admission.handler.abandoned");

        var answer = host.PostAsync();
        await _entered.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.StartsWith(Late, (await answer).Text, StringComparison.Ordinal);
        Assert.Equal(1, abandoned.GetMeasurementSnapshot().EvaluateAsCounter());

        // The handler keeps its slot after the response, so that hanging handlers do not pile up.
        Assert.EndsWith("all 1 slots are taken\n", (await host.PostAsync()).Text, StringComparison.Ordinal);
        _time.Advance(AbandonedCalls.Grace);
        await UntilAsync(() => host.Logs.Any(record => record.Id.Name == "Abandoned"));

        _release.SetResult();
        await UntilAsync(() => abandoned.GetMeasurementSnapshot().EvaluateAsCounter() == 0);
        (await host.PostAsync()).AssertReview();
    }

    [Fact]
    public async Task Post_AsManyHandlersBlockTheirThreadsAsTheLimitAllows_AllAreAnsweredOnTime()
    {
        const int limit = 64;
        await using var host = await StartAsync(_ =>
        {
            _entered.Release();
            _unblock.Wait(CancellationToken.None);
            return Task.CompletedTask;
        });

        var answers = Enumerable.Range(0, limit).Select(_ => host.PostAsync()).ToArray();
        for (var i = 0; i < limit; i++)
        {
            Assert.True(await _entered.WaitAsync(TimeSpan.FromSeconds(30)), $"only {i} handlers got a thread");
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        foreach (var answer in await Task.WhenAll(answers))
        {
            Assert.StartsWith(Late, answer.Text, StringComparison.Ordinal);
        }

        Assert.EndsWith($"all {limit} slots are taken\n", (await host.PostAsync()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("finally")]
    [InlineData("callback")]
    [InlineData("callback that throws")]
    public async Task Post_HandlerHeedsItsTokenAndThenBlocks_IsAnsweredAtTheDeadline(string how)
    {
        // Drivers block so while they cancel. Callbacks on one token run in turn, so the SDK's own wait must not come after them.
        await using var host = await StartAsync(async token =>
        {
            await using var registration = token.Register(() =>
            {
                if (how == "callback")
                {
                    _unblock.Wait(CancellationToken.None);
                }
                else if (how == "callback that throws")
                {
                    throw new InvalidOperationException("on purpose");
                }
            });
            _entered.Release();
            try
            {
                await _release.Task.WaitAsync(token);
            }
            finally
            {
                if (how == "finally")
                {
                    _unblock.Wait(CancellationToken.None);
                }
            }
        });

        var answer = host.PostAsync();
        await _entered.WaitAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.StartsWith(Late, (await answer.WaitAsync(TimeSpan.FromSeconds(30))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_CancellationSurfacesAsAnotherException_TimedOut()
    {
        await using var host = await StartAsync(async token =>
        {
            _entered.Release();
            // Continues on the thread that cancels, and so before other waits for the same token.
            await _release.Task.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new HttpRequestException("the connection was closed");
        });
        using var failures = host.Collect<long>("admission.review.failures");

        var answer = host.PostAsync();
        await _entered.WaitAsync();
        await AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.StartsWith(Late, (await answer).Text, StringComparison.Ordinal);
        Assert.Equal("timed_out", Assert.Single(failures.GetMeasurementSnapshot()).Tags["admission.failure"]);
    }

    [Fact]
    public async Task Post_BodyTricklesInForLongerThanTheWebhooksOwnTimeout_Answers408()
    {
        // The caller chooses its timeout, and so could hold memory for as long as it likes.
        await using var host = await StartAsync(_ => Task.CompletedTask, webhook => webhook.Timeout(TimeSpan.FromSeconds(2)));
        var body = new NeverEndingStream();
        using var content = new StreamContent(body);
        content.Headers.ContentType = new("application/json");

        var answer = host.Host.PostAsync(content, "/hook?timeout=30s");
        await body.FirstBytesSent;
        await UntilAsync(() => host.Host.Services.GetRequiredService<BodyBudget>().Used > 0);
        await AdvanceAsync(TimeSpan.FromSeconds(1.85));

        (await answer.WaitAsync(TimeSpan.FromSeconds(30))).AssertLine(HttpStatusCode.RequestTimeout, "the request body did not arrive within the timeout");
        Assert.Equal(0, host.Host.Services.GetRequiredService<BodyBudget>().Used);
    }

    [Fact]
    public async Task Post_BodyDoesNotArrive_Answers408AtTheDeadline()
    {
        await using var host = await StartAsync(_ => Task.CompletedTask);
        using var rejections = host.Collect<long>("admission.request.rejections");
        var body = new NeverEndingStream();
        using var content = new StreamContent(body);
        content.Headers.ContentType = new("application/json");

        var answer = host.Host.PostAsync(content);
        await body.FirstBytesSent;
        await UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return answer.IsCompleted;
        });

        (await answer).AssertLine(HttpStatusCode.RequestTimeout, "the request body did not arrive within the timeout");
        Assert.Equal("slow_body", Assert.Single(rejections.GetMeasurementSnapshot()).Tags["admission.reason"]);
    }

    [Fact]
    public async Task Post_CallerHangsUp_CancelsTheHandlerAndIsNoError()
    {
        var canceled = new TaskCompletionSource();
        await using var host = await StartAsync(async token =>
        {
            _entered.Release();
            try
            {
                await _release.Task.WaitAsync(token);
            }
            catch (OperationCanceledException)
            {
                canceled.SetResult();
                throw;
            }
        });
        using var reviews = host.Collect<long>("admission.reviews");
        using var failures = host.Collect<long>("admission.review.failures");
        using var hangUp = new CancellationTokenSource();

        var answer = host.Host.Client.PostAsync(new Uri("/hook?timeout=10s", UriKind.Relative), WebhookHost.Json(TestReviews.CreatePod()), hangUp.Token);
        await _entered.WaitAsync();
        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await canceled.Task;
        await UntilAsync(() => reviews.GetMeasurementSnapshot().Count > 0 && failures.GetMeasurementSnapshot().Count > 0);
        Assert.Equal("canceled", reviews.LastMeasurement!.Tags["admission.outcome"]);
        Assert.Equal("canceled", failures.LastMeasurement!.Tags["admission.failure"]);
        Assert.Equal(LogLevel.Debug, host.Line("Canceled").Level);
        Assert.DoesNotContain(host.Logs, record => record.Level >= LogLevel.Warning && record.Id.Name != "LintFound");
    }

    internal static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Moves the clock on another thread, because timers run on the thread that moves the clock, and would block the test.</summary>
    private Task AdvanceAsync(TimeSpan time) => Task.Run(() => _time.Advance(time)).WaitAsync(TimeSpan.FromSeconds(30));

    private Task<ObservedHost> StartAsync(Func<CancellationToken, Task> handler, Action<ValidatingWebhookBuilder>? configure = null) =>
        ObservedHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook =>
            {
                webhook.Path("/hook").Handle<V1Pod>(async (_, token) =>
                {
                    await handler(token);
                    return AdmissionResult.Allow();
                });
                configure?.Invoke(webhook);
            }),
            services: services => services.AddSingleton<TimeProvider>(_time));

    /// <summary>A body of which the first bytes come, and never the rest.</summary>
    private sealed class NeverEndingStream : Stream
    {
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reads;

        public Task FirstBytesSent => _sent.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref _reads) == 1)
            {
                buffer.Span[0] = (byte)'{';
                return 1;
            }

            _sent.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
