using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace ImageRegistryWebhook.Hosting;

/// <summary>
/// Metrics for Prometheus, and metrics, traces and logs over OTLP if <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set. The other <c>OTEL_</c> variables of the
/// OpenTelemetry specification work too.
/// </summary>
internal static class Telemetry
{
    public const string ScrapePath = "/metrics";

    // The SDK's meter and its activity source have the same name.
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
            // ASP.NET Core's activity is between the API server's and the SDK's.
            .WithTracing(traces => traces.AddSource(Sdk, "Microsoft.AspNetCore"));

        if (builder.Configuration[EndpointVariable] is { Length: > 0 })
        {
            telemetry.WithLogging().UseOtlpExporter();
            builder.Services.Configure<OpenTelemetryLoggerOptions>(logs => logs.IncludeScopes = logs.IncludeFormattedMessage = true);
        }
    }

    /// <summary>
    /// Serves scrapes on the ports of plain HTTP (<c>ASPNETCORE_HTTP_PORTS</c>), never on the port that the API server calls. A caller can forge the port
    /// in the Host header, but not the encryption of the connection.
    /// </summary>
    public static void UseTelemetry(this WebApplication app) =>
        app.UseOpenTelemetryPrometheusScrapingEndpoint(static http => !http.Request.IsHttps && http.Request.Path == ScrapePath);
}
