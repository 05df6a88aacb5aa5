using AdmissionSdk.Model;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>Checks the options, all failures in one message.</summary>
internal sealed class AdmissionWebhookOptionsValidator : IValidateOptions<AdmissionWebhookOptions>
{
    private const int MaxSupportedDepth = 4000;

    // The most that one array can hold.
    private const int MaxSupportedBody = 1 << 30;

    public ValidateOptionsResult Validate(string? name, AdmissionWebhookOptions options)
    {
        List<string> failures = [];
        Check(
            options.MaxRequestBodyBytes is > 0 and <= MaxSupportedBody,
            $"MaxRequestBodyBytes is {options.MaxRequestBodyBytes}; it must be 1 to {MaxSupportedBody}.");
        Check(
            !(options.MaxBytesInFlight < options.MaxRequestBodyBytes),
            $"MaxBytesInFlight ({options.MaxBytesInFlight}) is less than MaxRequestBodyBytes ({options.MaxRequestBodyBytes}), so the largest request could never be read.");
        Check(
            options.DefaultTimeout.TotalSeconds is >= WebhookSettings.ShortestTimeout and <= WebhookSettings.LongestTimeout && options.DefaultTimeout.Ticks % TimeSpan.TicksPerSecond == 0,
            $"DefaultTimeout is {options.DefaultTimeout}; it must be whole seconds from {WebhookSettings.ShortestTimeout} to {WebhookSettings.LongestTimeout}.");
        Check(
            options.DeadlineMargin >= TimeSpan.Zero && options.DeadlineMargin < TimeSpan.FromSeconds(1),
            $"DeadlineMargin is {options.DeadlineMargin}; it must be at least zero and less than one second, the shortest timeout a webhook can have.");
        Check(
            options.DefaultMaxConcurrentReviews is > 0 and <= WebhookSettings.MostConcurrentReviews,
            $"DefaultMaxConcurrentReviews is {options.DefaultMaxConcurrentReviews}; it must be 1 to {WebhookSettings.MostConcurrentReviews}.");
        Check(options.DrainDelay >= TimeSpan.Zero, $"DrainDelay is {options.DrainDelay}; it must not be negative.");
        Check(
            options.MaxObjectDepth is > 0 and <= MaxSupportedDepth,
            $"MaxObjectDepth is {options.MaxObjectDepth}; it must be 1 to {MaxSupportedDepth}.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Check(bool condition, string failure)
        {
            if (!condition)
            {
                failures.Add(failure);
            }
        }
    }
}
