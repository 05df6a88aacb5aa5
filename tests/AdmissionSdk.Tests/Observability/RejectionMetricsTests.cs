using System.Net;
using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace AdmissionSdk.Tests.Observability;

/// <summary>Reasons to turn a request away that only a host in a special state has.</summary>
/// <remarks>Covers <see cref="AdmissionMetrics"/>, <see cref="RejectionReasons"/>, <see cref="DrainGate"/>, <see cref="BodyReader"/>.</remarks>
public sealed class RejectionMetricsTests
{
    [Fact]
    public async Task Rejections_DrainIsOver_AreDraining()
    {
        await using var host = await StartAsync();
        host.Host.Services.GetRequiredService<DrainState>().TryAdvance(DrainPhase.Refusing);
        using var rejections = host.Collect<long>("admission.request.rejections");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.PostAsync()).Status);

        AssertReason("draining", rejections);
    }

    [Fact]
    public async Task Rejections_ConnectionBreaks_AreInterrupted()
    {
        await using var host = await StartAsync(services => services.AddSingleton<IStartupFilter>(new BrokenConnections()));
        using var rejections = host.Collect<long>("admission.request.rejections");

        // The caller is gone, so the result of the test's own client does not matter.
        await Record.ExceptionAsync(() => host.PostAsync());

        AssertReason("interrupted", rejections);
    }

    private static void AssertReason(string reason, MetricCollector<long> rejections) => ReviewMetricsTests.AssertTags(
        Assert.Single(rejections.GetMeasurementSnapshot()).Tags, ("admission.webhook", WebhookHost.Name), ("admission.reason", reason));

    private static Task<ObservedHost> StartAsync(Action<IServiceCollection>? services = null) => ObservedHost.StartAsync(
        webhooks => webhooks.AddValidating(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())), services: services);

    /// <summary>Breaks connections before routing, because the webhooks' endpoints run as soon as they are found.</summary>
    private sealed class BrokenConnections : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) =>
            {
                http.Request.Body = new BrokenStream();
                return rest(http);
            });
            next(app);
        };
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("the connection was reset");
    }
}
