using Microsoft.Extensions.Logging.Abstractions;
using Polly.Telemetry;

namespace ImageRegistryWebhook.Registries;

/// <summary>
/// Keeps Polly's lines out of the log: each attempt, retry and opened circuit would be one at Warning or Error, with a stack trace, beside the one line that
/// <see cref="RegistryLookup"/> logs about a registry that gave no usable response. Polly's metrics stay.
/// </summary>
internal static class QuietTelemetry
{
    public static void Apply(TelemetryOptions options) => options.LoggerFactory = NullLoggerFactory.Instance;
}
