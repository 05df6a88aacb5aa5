using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ImageRegistryWebhook.Hosting;

/// <summary>
/// Metrics for Prometheus to scrape, and metrics, traces and logs over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to. The other
/// <c>OTEL_</c> variables of the OpenTelemetry specification work too.
/// </summary>
internal static class Telemetry
{
    public const string ScrapePath = "/metrics";

    // The SDK's meter and its source of activities have the same name.
    private const string Sdk = "AdmissionSdk";
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            // The environment after the name, so that OTEL_SERVICE_NAME wins.
            .ConfigureResource(resource => resource.AddService("image-registry-webhook").AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter(Sdk, "ImageRegistryWebhook*", "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel")
                .AddPrometheusExporter())
            // ASP.NET Core's activity stands between the API server's and the SDK's: without it the trace would have a gap.
            .WithTracing(traces => traces.AddSource(Sdk, "Microsoft.AspNetCore"));

        if (builder.Configuration[EndpointVariable] is { Length: > 0 })
        {
            telemetry.WithLogging().UseOtlpExporter();
            builder.Services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeScopes = logs.IncludeFormattedMessage = true);
        }
    }

    /// <summary>
    /// Answers scrapes on the ports of plain HTTP (<c>ASPNETCORE_HTTP_PORTS</c>) and never on the one that the API server calls. Whether a
    /// connection is encrypted cannot be forged, as a port in the Host header can.
    /// </summary>
    public static void UseTelemetry(this WebApplication app) =>
        app.UseOpenTelemetryPrometheusScrapingEndpoint(static http => !http.Request.IsHttps && http.Request.Path == ScrapePath);
}
