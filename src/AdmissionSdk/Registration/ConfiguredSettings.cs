using System.Globalization;
using k8s.Models;
using Microsoft.Extensions.Configuration;

namespace AdmissionSdk.Registration;

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
            Timeout = Read<TimeSpan>(nameof(ClusterSettings.Timeout), TryParseTimeout, "a time such as 5s"),
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

    private T? ReadEnum<T>(string key)
        where T : struct, Enum =>
        Read<T>(
            key,
            static (string text, out T value) => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value),
            string.Join(" or ", Enum.GetNames<T>()));

    private V1LabelSelector? ReadSelector(string key)
    {
        if (section[key] is not { Length: > 0 } text)
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
        var conditions = section.GetSection(nameof(ClusterSettings.MatchConditions)).GetChildren()
            .Select(child => new MatchCondition(child["Name"] ?? "", child["Expression"] ?? "")).ToList();
        return conditions.Count == 0 ? null : conditions;
    }

    private List<string>? ReadList(string key)
    {
        var items = section.GetSection(key).GetChildren().Select(child => child.Value ?? "").ToList();
        return items.Count == 0 ? null : items;
    }

    // Whether it is 1 to 30 whole seconds is judged with the other rules of the API server.
    private static bool TryParseTimeout(string text, out TimeSpan value) =>
        GoDuration.TryParse(text, out value) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static bool TryParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
