using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Configuration;

/// <summary>
/// What the configuration says about all webhooks, directly under <c>AdmissionWebhooks</c>. It wins over code, as everywhere. Read by hand: a binder
/// would take "5" for five days.
/// </summary>
internal sealed class ConfiguredOptions(IConfiguration? configuration = null)
    : IPostConfigureOptions<AdmissionWebhookOptions>, IValidateOptions<AdmissionWebhookOptions>
{
    public const string SectionName = "AdmissionWebhooks";

    private delegate bool TryParse<T>(string text, out T value);

    public void PostConfigure(string? name, AdmissionWebhookOptions options) => Apply(options, []);

    public ValidateOptionsResult Validate(string? name, AdmissionWebhookOptions options)
    {
        List<string> problems = [];
        Apply(new AdmissionWebhookOptions(), problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private void Apply(AdmissionWebhookOptions options, List<string> problems)
    {
        if (configuration?.GetSection(SectionName) is not { } section)
        {
            return;
        }

        List<string> known = [];
        options.MaxRequestBodyBytes = Read<int>(nameof(options.MaxRequestBodyBytes), TryParseCount, "a whole number of bytes") ?? options.MaxRequestBodyBytes;
        options.MaxBytesInFlight = Read<long>(nameof(options.MaxBytesInFlight), TryParseBytes, "a whole number of bytes") ?? options.MaxBytesInFlight;
        options.DefaultTimeout = Read<TimeSpan>(nameof(options.DefaultTimeout), TryParseTime, "a time such as 5s") ?? options.DefaultTimeout;
        options.DeadlineMargin = Read<TimeSpan>(nameof(options.DeadlineMargin), TryParseTime, "a time such as 150ms") ?? options.DeadlineMargin;
        options.DefaultMaxConcurrentReviews =
            Read<int>(nameof(options.DefaultMaxConcurrentReviews), TryParseCount, "a whole number") ?? options.DefaultMaxConcurrentReviews;
        options.DrainDelay = Read<TimeSpan>(nameof(options.DrainDelay), TryParseTime, "a time such as 5s") ?? options.DrainDelay;
        options.MaxObjectDepth = Read<int>(nameof(options.MaxObjectDepth), TryParseCount, "a whole number") ?? options.MaxObjectDepth;

        // What has parts of its own belongs to others: Tls, Webhooks, Manifests.
        problems.AddRange(
            from child in section.GetChildren()
            where child.Value is not null && !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)
            select $"{child.Path} is no setting; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");

        T? Read<T>(string key, TryParse<T> tryParse, string expected)
            where T : struct
        {
            known.Add(key);
            if (section[key] is not { Length: > 0 } text)
            {
                return null;
            }

            if (tryParse(text, out var value))
            {
                return value;
            }

            problems.Add($"{section.Path}:{key} is \"{text}\"; it must be {expected}.");
            return null;
        }
    }

    private static bool TryParseCount(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryParseBytes(string text, out long value) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryParseTime(string text, out TimeSpan value)
    {
        value = default;
        return text is "0" or "0s"
            || GoDuration.TryParse(text, out value)
            // A bare number would be days.
            || (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value));
    }
}
