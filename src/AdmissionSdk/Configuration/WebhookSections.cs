using AdmissionSdk.Model;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>The sections of single webhooks, <c>AdmissionWebhooks:Webhooks:{name}</c>. They win over code, and are read again when they change.</summary>
internal static class WebhookSections
{
    /// <summary>Reads the settings of each webhook, in their order; adds a sentence for everything that is wrong.</summary>
    public static IReadOnlyList<WebhookSettings> Read(
        IConfiguration? configuration, IReadOnlyCollection<(string Name, WebhookType Type)> webhooks, ICollection<string> problems)
    {
        if (configuration?.GetSection(SectionNames.Webhooks) is not { } section)
        {
            return [.. webhooks.Select(_ => new WebhookSettings())];
        }

        if (section.Value is { Length: > 0 } text)
        {
            problems.Add($"{section.Path} is \"{text}\"; it must have a section for each webhook.");
        }

        foreach (var child in section.GetChildren().Where(child => !webhooks.Any(webhook => string.Equals(webhook.Name, child.Key, StringComparison.OrdinalIgnoreCase))))
        {
            problems.Add($"{child.Path} names no webhook of this application; it has {(webhooks.Count == 0 ? "none" : string.Join(", ", webhooks.Select(webhook => webhook.Name)))}.");
        }

        return [.. webhooks.Select(webhook => Read(new SectionReader(section.GetSection(webhook.Name), problems), webhook.Type))];
    }

    private static WebhookSettings Read(SectionReader reader, WebhookType type)
    {
        var settings = WebhookSettings.Read(reader);
        if (type == WebhookType.Validating && settings.ReinvocationPolicy is not null)
        {
            reader.Refuse(nameof(settings.ReinvocationPolicy), "is set, and the webhook is validating; only mutating ones have it.");
        }

        if (type == WebhookType.Mutating && settings.Mode is not null)
        {
            reader.Refuse(nameof(settings.Mode), "is set, and the webhook is mutating: only validating webhooks have a mode.");
        }

        reader.RefuseUnknown("a setting of a webhook");
        return settings;
    }
}
