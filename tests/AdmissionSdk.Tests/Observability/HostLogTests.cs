using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Observability;

/// <summary>Log lines of the host about itself.</summary>
/// <remarks>Covers <see cref="Log"/>, <see cref="StartReport"/>, <see cref="ThreadPoolMinimum"/>, <see cref="MappedState"/>, <see cref="DrainService"/>.</remarks>
public sealed class HostLogTests
{
    [Fact]
    public async Task Start_MoreSlotsThanThreads_SaysThatThePoolWasRaised()
    {
        ThreadPool.GetMinThreads(out var workers, out var completionPorts);
        try
        {
            // More than any other test, which may run beside this one.
            await using var host = await StartAsync(slots: workers + 2_000);

            Assert.Equal(LogLevel.Debug, host.Line("ThreadPoolRaised").Level);
        }
        finally
        {
            ThreadPool.SetMinThreads(workers, completionPorts);
        }
    }

    [Fact]
    public async Task Start_MoreSlotsThanThePoolTakes_SaysThatAnswersMayBeLate()
    {
        await using var host = await ObservedHost.StartAsync(webhooks =>
        {
            for (var i = 0; i < 4; i++)
            {
                // The pool's maximum is 32,767.
                webhooks.AddValidatingWebhook($"pods{i}.test.example.com", webhook => webhook.MaxConcurrentReviews(10_000).Handle<V1Pod>(_ => AdmissionResult.Allow()));
            }
        });

        Assert.Equal(LogLevel.Warning, host.Line("ThreadPoolNotRaised").Level);
    }

    [Fact]
    public void MaxConcurrentReviews_MoreThanEver_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() =>
        new ServiceCollection().AddAdmissionWebhooks().AddValidatingWebhook(WebhookHost.Name, webhook => webhook.MaxConcurrentReviews(10_001)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Start_WebhooksAreNotMapped_SaysSo(bool mapped)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddAdmissionWebhooks().AddValidator<V1Pod>(WebhookHost.Name, _ => AdmissionResult.Allow());
        await using var app = builder.Build();
        if (mapped)
        {
            app.MapAdmissionWebhooks();
        }

        await app.StartAsync();

        var line = app.Services.GetFakeLogCollector().GetSnapshot().SingleOrDefault(record => record.Id.Name == "NotMapped");
        Assert.Equal(mapped ? null : LogLevel.Warning, line?.Level);
        var serves = app.Services.GetFakeLogCollector().GetSnapshot().Where(record => record.Id.Name == "Serves").Select(record => record.Message);
        Assert.Equal(mapped ? [$"Serves {WebhookHost.Name} at /validate/{WebhookHost.Name} (Validating)"] : [], serves);
    }

    [Fact]
    public async Task Stop_Drains_SaysBothSteps()
    {
        await using var host = await StartAsync();

        await host.Host.Services.GetServices<IHostedService>().OfType<DrainService>().Single().StoppingAsync(CancellationToken.None);

        Assert.Equal(LogLevel.Information, host.Line("Draining").Level);
        Assert.Equal(
            (LogLevel.Information, "Drain delay over: 0 reviews to finish, new ones are sent elsewhere"), (host.Line("Refusing").Level, host.Line("Refusing").Message));
    }

    [Fact]
    public async Task DriftCheck_OutsideACluster_SaysThatNothingIsCompared()
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddDriftCheck()
            .AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())));

        await Hosting.DeadlineTests.UntilAsync(() => host.Logs.Any(record => record.Id.Name == "DriftNotWatched"));
        Assert.Equal(LogLevel.Debug, host.Line("DriftNotWatched").Level);
    }

    private static Task<ObservedHost> StartAsync(int slots = 64) => ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
        WebhookHost.Name, webhook => webhook.Path("/hook").MaxConcurrentReviews(slots).Handle<V1Pod>(_ => AdmissionResult.Allow())));
}
