using AdmissionSdk.Model;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>The settings of all webhooks, directly under <c>AdmissionWebhooks</c>.</summary>
internal sealed class AdmissionWebhookSection(IConfiguration? configuration = null)
    : ConfiguredOptions<AdmissionWebhookOptions>(configuration, SectionNames.Root)
{
    protected override void Read(SectionReader reader, AdmissionWebhookOptions options)
    {
        options.MaxRequestBodyBytes = (int?)reader.Number(nameof(options.MaxRequestBodyBytes), 0, int.MaxValue, "a whole number of bytes") ?? options.MaxRequestBodyBytes;
        options.MaxBytesInFlight = reader.Number(nameof(options.MaxBytesInFlight), 0, long.MaxValue, "a whole number of bytes") ?? options.MaxBytesInFlight;
        options.DefaultTimeout = reader.Seconds(nameof(options.DefaultTimeout), WebhookSettings.ShortestTimeout, WebhookSettings.LongestTimeout) ?? options.DefaultTimeout;
        options.DeadlineMargin = reader.Time(nameof(options.DeadlineMargin), "150ms") ?? options.DeadlineMargin;
        options.DefaultMaxConcurrentReviews =
            (int?)reader.Number(nameof(options.DefaultMaxConcurrentReviews), 0, int.MaxValue, "a whole number") ?? options.DefaultMaxConcurrentReviews;
        options.DrainDelay = reader.Time(nameof(options.DrainDelay), "5s") ?? options.DrainDelay;
        options.MaxObjectDepth = (int?)reader.Number(nameof(options.MaxObjectDepth), 0, int.MaxValue, "a whole number") ?? options.MaxObjectDepth;
        foreach (var section in SectionNames.InRoot)
        {
            reader.Leave(section);
        }
    }
}
