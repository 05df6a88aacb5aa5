using System.Reflection;
using k8s.Models;

namespace AdmissionSdk.Registration;

/// <summary>Reads what handler classes say of their webhook. Handlers of one webhook may repeat one another, not contradict.</summary>
internal static class AttributeSettings
{
    public static ClusterSettings Read(string webhook, WebhookType type, IEnumerable<Type> handlers, ICollection<string> problems)
    {
        var all = handlers.Distinct().Select(handler => (handler, Settings: Read(webhook, type, handler, problems))).ToList();
        return new ClusterSettings
        {
            FailurePolicy = One(nameof(ClusterSettings.FailurePolicy), settings => settings.FailurePolicy),
            MatchPolicy = One(nameof(ClusterSettings.MatchPolicy), settings => settings.MatchPolicy),
            SideEffects = One(nameof(ClusterSettings.SideEffects), settings => settings.SideEffects),
            ReinvocationPolicy = One(nameof(ClusterSettings.ReinvocationPolicy), settings => settings.ReinvocationPolicy),
            Timeout = One("TimeoutSeconds", settings => settings.Timeout),
            NamespaceSelector = Selector(nameof(ClusterSettings.NamespaceSelector), attribute => attribute.NamespaceSelector),
            ObjectSelector = Selector(nameof(ClusterSettings.ObjectSelector), attribute => attribute.ObjectSelector),
            MatchConditions = Conditions(),
        };

        T? One<T>(string name, Func<ClusterSettings, T?> read)
            where T : struct
        {
            var said = all.Where(item => read(item.Settings) is not null).ToList();
            if (said.Select(item => read(item.Settings)).Distinct().Count() > 1)
            {
                problems.Add(Contradiction(name, said.Select(item => item.handler)));
            }

            return said.Count == 0 ? null : read(said[0].Settings);
        }

        V1LabelSelector? Selector(string name, Func<AdmissionWebhookAttribute, string?> read)
        {
            var said = all.Select(item => (item.handler, Text: item.handler.GetCustomAttribute<AdmissionWebhookAttribute>() is { } attribute ? read(attribute) : null))
                .Where(item => item.Text is not null).ToList();
            if (said.Select(item => item.Text).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                problems.Add(Contradiction(name, said.Select(item => item.handler)));
            }

            if (said.Count == 0)
            {
                return null;
            }

            if (!LabelSelectorText.TryParse(said[0].Text!, out var selector))
            {
                problems.Add($"{webhook}: the {name} \"{said[0].Text}\" on {said[0].handler.Name} is no selector; write it as kubectl does: team=web,stage in (test,prod),!legacy.");
            }

            return selector;
        }

        IReadOnlyList<MatchCondition>? Conditions()
        {
            MatchCondition[] conditions =
            [
                .. all.SelectMany(item => item.handler.GetCustomAttributes<AdmissionMatchConditionAttribute>())
                    .Select(attribute => new MatchCondition(attribute.Name, attribute.Expression)).Distinct(),
            ];
            return conditions.Length == 0 ? null : conditions;
        }

        string Contradiction(string name, IEnumerable<Type> said) =>
            $"{webhook}: the attributes of {string.Join(" and ", said.Select(handler => handler.Name))} disagree on {name}; say it once, or on the webhook's builder, or give each handler its own webhook.";
    }

    private static ClusterSettings Read(string webhook, WebhookType type, Type handler, ICollection<string> problems)
    {
        if (handler.GetCustomAttribute<AdmissionWebhookAttribute>() is not { } attribute)
        {
            return new ClusterSettings();
        }

        if (type == WebhookType.Validating && attribute.ReinvocationPolicyOrNull is not null)
        {
            problems.Add($"{webhook}: {handler.Name} says a ReinvocationPolicy, which only mutating webhooks have; take it off the attribute.");
        }

        return new ClusterSettings
        {
            FailurePolicy = attribute.FailurePolicyOrNull,
            MatchPolicy = attribute.MatchPolicyOrNull,
            SideEffects = attribute.SideEffectsOrNull,
            ReinvocationPolicy = attribute.ReinvocationPolicyOrNull,
            Timeout = attribute.TimeoutSeconds == 0 ? null : TimeSpan.FromSeconds(attribute.TimeoutSeconds),
        };
    }
}
