using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using ImageRegistryWebhook.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>Metrics on ports of plain HTTP only, and OTLP if the environment names an endpoint.</summary>
/// <remarks>Covers <see cref="Telemetry"/>.</remarks>
public sealed class TelemetryTests
{
    private static readonly byte[] Review = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "review.json"));

    [Fact]
    public async Task Metrics_AfterAReview_AreScrapedOverPlainHttp()
    {
        await using var sample = new WebApplicationFactory<Program>();
        using var client = sample.CreateClient();
        await PostAsync(client);

        var scrape = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Contains(scrape.Split('\n'), line => line.StartsWith("admission_reviews_total{", StringComparison.Ordinal)
            && line.Contains("admission_outcome=\"patched\"", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_OnTheTlsPort_AreNotThereWhateverTheHostHeaderSays()
    {
        await using var sample = new WebApplicationFactory<Program>();
        using var client = sample.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost:8443") });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = "localhost:8080" } };

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    public async Task Probes_OnAnyPort_AreHealthy(string path)
    {
        await using var sample = new WebApplicationFactory<Program>();
        using var client = sample.CreateClient();

        Assert.StartsWith("Healthy\n", await client.GetStringAsync(new Uri(path, UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Otlp_EndpointIsSet_GetsMetricsTracesAndLogs()
    {
        var received = new ConcurrentDictionary<string, bool>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/{*path}", (string path) => received[path] = true);
        await collector.StartAsync();

        await using var sample = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .UseSetting("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()).UseSetting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        using var client = sample.CreateClient();
        await PostAsync(client);
        sample.Services.GetRequiredService<MeterProvider>().ForceFlush();
        sample.Services.GetRequiredService<TracerProvider>().ForceFlush();
        sample.Services.GetRequiredService<LoggerProvider>().ForceFlush();

        Assert.Equal(["v1/logs", "v1/metrics", "v1/traces"], received.Keys.Order());
    }

    private static async Task PostAsync(HttpClient client)
    {
        using var content = new ByteArrayContent(Review) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var response = await client.PostAsync(new Uri("/mutate?timeout=10s", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
