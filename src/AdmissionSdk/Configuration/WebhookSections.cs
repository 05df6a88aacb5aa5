using System.Globalization;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>
/// What the configuration says about one webhook, under <c>AdmissionWebhooks:Webhooks:{name}</c>. It wins over code, and may change while the
/// application runs: only what lives in the process is here, never what is written into the cluster.
/// </summary>
internal sealed record WebhookSettings
{
    public const string SectionName = "AdmissionWebhooks:Webhooks";

    public EnforcementMode? Mode { get; init; }

    public ErrorPolicy? OnError { get; init; }

    public TimeSpan? Timeout { get; init; }

    public int? MaxConcurrentReviews { get; init; }

    /// <summary>How every webhook answers under this configuration; what is wrong is added to <paramref name="problems"/>, one sentence each.</summary>
    public static IReadOnlyList<EffectiveSettings> ReadAll(IConfiguration configuration, IReadOnlyList<WebhookDescriptor> webhooks, ICollection<string> problems)
    {
        var section = configuration.GetSection(SectionName);
        foreach (var child in section.GetChildren())
        {
            if (!webhooks.Any(webhook => string.Equals(webhook.Name, child.Key, StringComparison.OrdinalIgnoreCase)))
            {
                problems.Add($"{child.Path} names no webhook of this application; it has {string.Join(", ", webhooks.Select(webhook => webhook.Name))}.");
            }
        }

        return [.. webhooks.Select(webhook => EffectiveSettings.Of(webhook, Read(section.GetSection(webhook.Name), webhook.Type, problems)))];
    }

    /// <summary>Reads one webhook's section; what is wrong is added to <paramref name="problems"/>, one sentence each.</summary>
    public static WebhookSettings Read(IConfigurationSection section, WebhookType type, ICollection<string> problems)
    {
        var settings = new WebhookSettings
        {
            Mode = Read<EnforcementMode>(section, nameof(Mode), TryParseEnum, "Enforce, Warn or Audit", problems),
            OnError = Read<ErrorPolicy>(section, nameof(OnError), TryParseEnum, "Fail, Deny or AllowWithWarning", problems),
            Timeout = Read<TimeSpan>(section, nameof(Timeout), TryParseTimeout, "whole seconds from 1s to 30s, such as 5s", problems),
            MaxConcurrentReviews = Read<int>(section, nameof(MaxConcurrentReviews), TryParseLimit, "a number from 1 to 10000", problems),
        };
        if (type == WebhookType.Mutating && settings.Mode is not null)
        {
            problems.Add($"{section.Path}:{nameof(Mode)} is set, and the webhook is mutating: only validating webhooks have a mode.");
        }

        return settings;
    }

    private static T? Read<T>(
        IConfigurationSection section, string key, TryParse<T> tryParse, string expected, ICollection<string> problems)
        where T : struct
    {
        if (ConfiguredText.Read(section, key, problems) is not { } text)
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

    private delegate bool TryParse<T>(string text, out T value);

    private static bool TryParseEnum<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);

    private static bool TryParseTimeout(string text, out TimeSpan value) =>
        (GoDuration.TryParse(text, out value) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value))
        && value >= TimeSpan.FromSeconds(1) && value <= TimeSpan.FromSeconds(30) && value.Ticks % TimeSpan.TicksPerSecond == 0;

    private static bool TryParseLimit(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && value is > 0 and <= EffectiveSettings.MostConcurrentReviews;
}
