using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Configuration;

/// <summary>Reads the whole section <c>AdmissionWebhooks</c>, in the same way before the start and when it changes.</summary>
internal sealed class ConfiguredWebhooks(IEnumerable<IConfigurationCheck> checks, IConfiguration? configuration = null)
{
    /// <summary>The problems of everything but single webhooks.</summary>
    public IReadOnlyList<string> FindProblems() => [.. checks.SelectMany(check => check.Find()).Distinct()];

    /// <summary>Reads the settings that are in force now, and every problem there is.</summary>
    public (IReadOnlyList<EffectiveSettings> Settings, IReadOnlyList<string> Problems) ReadNow(IReadOnlyCollection<WebhookDescriptor> webhooks)
    {
        List<string> problems = [.. FindProblems()];
        var configured = Read([.. webhooks.Select(webhook => (webhook.Name, webhook.Type))], problems);
        return ([.. webhooks.Zip(configured, EffectiveSettings.Of)], problems);
    }

    /// <summary>Reads the section <c>Webhooks:{name}</c> of each webhook, in their order; adds a sentence for every problem.</summary>
    public IReadOnlyList<WebhookSettings> Read(IReadOnlyCollection<(string Name, WebhookType Type)> webhooks, ICollection<string> problems)
    {
        if (configuration?.GetSection(SectionNames.Webhooks) is not { } section)
        {
            return [.. webhooks.Select(_ => new WebhookSettings())];
        }

        if (section.Value is { Length: > 0 } text)
        {
            problems.Add($"{section.Path} is \"{text}\"; it must have a section for each webhook.");
        }

        var names = webhooks.Select(webhook => webhook.Name).ToArray();
        foreach (var child in section.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"{child.Path} names no webhook of this application; it has {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
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
