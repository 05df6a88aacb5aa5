using System.Globalization;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using Microsoft.Extensions.Configuration;
using k8s.Models;

namespace AdmissionSdk.Configuration;

/// <summary>
/// Reads what the configuration says of a webhook's part in the cluster, under <c>AdmissionWebhooks:Webhooks:{name}</c>, beside the settings that
/// live in the process. Read once, when the registry is made: it is for what is generated, and never changes under a running application.
/// </summary>
internal sealed class ConfiguredSettings(IConfigurationSection section, ICollection<string> problems)
{
    public const string SectionName = "AdmissionWebhooks:Webhooks";

    // Mode, OnError and MaxConcurrentReviews are read while the application runs; they are here so that a misspelt key is told from them.
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        nameof(ClusterSettings.FailurePolicy), nameof(ClusterSettings.MatchPolicy), nameof(ClusterSettings.SideEffects),
        nameof(ClusterSettings.ReinvocationPolicy), nameof(ClusterSettings.Timeout), nameof(ClusterSettings.NamespaceSelector),
        nameof(ClusterSettings.ObjectSelector), nameof(ClusterSettings.MatchConditions), nameof(ClusterSettings.Order),
        nameof(ClusterSettings.ExemptsNamespaces), nameof(ClusterSettings.ExemptNamespaces),
        "Mode", "OnError", "MaxConcurrentReviews",
    };

    public ClusterSettings Read(WebhookType type)
    {
        foreach (var child in section.GetChildren().Where(child => !Known.Contains(child.Key)))
        {
            problems.Add($"{child.Path} is no setting of a webhook; there are {string.Join(", ", Known.Order(StringComparer.Ordinal))}.");
        }

        var settings = new ClusterSettings
        {
            FailurePolicy = ReadEnum<FailurePolicy>(nameof(ClusterSettings.FailurePolicy)),
            MatchPolicy = ReadEnum<MatchPolicy>(nameof(ClusterSettings.MatchPolicy)),
            SideEffects = ReadEnum<SideEffects>(nameof(ClusterSettings.SideEffects)),
            ReinvocationPolicy = ReadEnum<ReinvocationPolicy>(nameof(ClusterSettings.ReinvocationPolicy)),
            // What cannot be read is told by WebhookSettings, which reads it for the process.
            Timeout = section[nameof(ClusterSettings.Timeout)] is { } text && TryParseTimeout(text, out var timeout) ? timeout : null,
            NamespaceSelector = ReadSelector(nameof(ClusterSettings.NamespaceSelector)),
            ObjectSelector = ReadSelector(nameof(ClusterSettings.ObjectSelector)),
            MatchConditions = ReadConditions(),
            Order = Read<int>(nameof(ClusterSettings.Order), TryParseInteger, "a whole number"),
            ExemptsNamespaces = Read<bool>(nameof(ClusterSettings.ExemptsNamespaces), bool.TryParse, "true or false"),
            ExemptNamespaces = ReadList(nameof(ClusterSettings.ExemptNamespaces)),
        };
        if (type == WebhookType.Validating && settings.ReinvocationPolicy is not null)
        {
            problems.Add($"{section.Path}:{nameof(ClusterSettings.ReinvocationPolicy)} is set, and the webhook is validating; only mutating ones have it.");
        }

        return settings;
    }

    private delegate bool TryParse<T>(string text, out T value);

    private T? Read<T>(string key, TryParse<T> tryParse, string expected)
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

    private T? ReadEnum<T>(string key)
        where T : struct, Enum =>
        Read<T>(
            key,
            static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value),
            string.Join(" or ", Enum.GetNames<T>()));

    private V1LabelSelector? ReadSelector(string key)
    {
        if (ConfiguredText.Read(section, key, problems) is not { } text)
        {
            return null;
        }

        if (!LabelSelectorText.TryParse(text, out var selector))
        {
            problems.Add($"{section.Path}:{key} is \"{text}\", which is no selector; write it as kubectl does: team=web,stage in (test,prod),!legacy.");
        }

        return selector;
    }

    private List<MatchCondition>? ReadConditions()
    {
        List<MatchCondition> conditions = [];
        foreach (var item in Items(nameof(ClusterSettings.MatchConditions), "a list of sections with Name and Expression, such as MatchConditions:0:Name"))
        {
            if (item.Value is not null || item.GetChildren().Any(child => !IsConditionKey(child.Key)))
            {
                problems.Add($"{item.Path} must be a section with Name and Expression, and nothing else.");
            }

            conditions.Add(new MatchCondition(ConfiguredText.Read(item, "Name", problems) ?? "", ConfiguredText.Read(item, "Expression", problems) ?? ""));
        }

        return conditions.Count == 0 ? null : conditions;
    }

    private List<string>? ReadList(string key)
    {
        List<string> items = [];
        foreach (var item in Items(key, $"a list, such as {key}:0"))
        {
            if (item.Value is not { Length: > 0 } text)
            {
                problems.Add($"{item.Path} must be one text.");
                continue;
            }

            items.Add(text);
        }

        return items.Count == 0 ? null : items;
    }

    private IEnumerable<IConfigurationSection> Items(string key, string expected)
    {
        var list = section.GetSection(key);
        if (list.Value is { Length: > 0 } text)
        {
            problems.Add($"{list.Path} is \"{text}\"; it must be {expected}.");
        }

        return list.GetChildren();
    }

    private static bool IsConditionKey(string key) =>
        string.Equals(key, "Name", StringComparison.OrdinalIgnoreCase) || string.Equals(key, "Expression", StringComparison.OrdinalIgnoreCase);

    // Whether it is 1 to 30 whole seconds is judged with the other rules of the API server.
    private static bool TryParseTimeout(string text, out TimeSpan value) =>
        GoDuration.TryParse(text, out value) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static bool TryParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
