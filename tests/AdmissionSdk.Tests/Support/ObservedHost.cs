using System.Diagnostics.Metrics;
using AdmissionSdk.Registration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Support;

/// <summary>A host in memory, with its metrics and log lines.</summary>
internal sealed class ObservedHost(WebhookHost host) : IAsyncDisposable
{
    public WebhookHost Host { get; } = host;

    public IReadOnlyList<FakeLogRecord> Logs => Host.Services.GetFakeLogCollector().GetSnapshot();

    public static async Task<ObservedHost> StartAsync(
        Action<AdmissionWebhooksBuilder> webhooks, Action<AdmissionWebhookOptions>? options = null, Action<IServiceCollection>? services = null) =>
        new(await WebhookHost.StartAsync(webhooks, options: options, services: collection =>
        {
            collection.AddLogging(logging => logging.AddFakeLogging().SetMinimumLevel(LogLevel.Debug));
            services?.Invoke(collection);
        }));

    public FakeLogRecord Line(string eventName) => Assert.Single(Logs, record => record.Id.Name == eventName);

    public MetricCollector<T> Collect<T>(string instrument)
        where T : struct =>
        new(Host.Services.GetRequiredService<IMeterFactory>(), "AdmissionSdk", instrument);

    public Task<WebhookResponse> PostAsync(byte[]? body = null) => Host.PostAsync(body ?? TestReviews.CreatePod());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
