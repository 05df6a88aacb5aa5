using System.Reflection;
using AdmissionSdk.Configuration;
using AdmissionSdk.Model;
using k8s.Models;

namespace AdmissionSdk.Registration;

/// <summary>
/// Reads what handler classes say of their webhook, where its builder is silent. Handlers of one webhook may repeat one another, not contradict; and
/// what keeps the API server from calling, or from refusing, holds for all of them, so all must say it.
/// </summary>
internal sealed class AttributeSettings
{
    private readonly string _webhook;
    private readonly WebhookType _type;
    private readonly IReadOnlyList<Type?> _handlers;
    private readonly ICollection<string> _problems;

    private AttributeSettings(string webhook, WebhookType type, IEnumerable<Type?> handlers, ICollection<string> problems)
    {
        (_webhook, _type, _problems) = (webhook, type, problems);
        _handlers = [.. handlers.Distinct()];
    }

    /// <summary>What the attributes say.</summary>
    /// <param name="webhook">The webhook's name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="handlers">Its handlers' classes; null for a delegate, which says nothing.</param>
    /// <param name="builder">What the builder was told, and the attributes are therefore not asked.</param>
    /// <param name="problems">Where contradictions go.</param>
    public static ClusterSettings Read(string webhook, WebhookType type, IEnumerable<Type?> handlers, ClusterSettings builder, ICollection<string> problems) =>
        new AttributeSettings(webhook, type, handlers, problems).Read(builder);

    private ClusterSettings Read(ClusterSettings builder)
    {
        foreach (var handler in _handlers)
        {
            if (_type == WebhookType.Validating && Attribute(handler)?.ReinvocationPolicyOrNull is not null)
            {
                _problems.Add($"{_webhook}: {handler!.Name} says a ReinvocationPolicy, which only mutating webhooks have; take it off the attribute.");
            }
        }

        return new ClusterSettings
        {
            FailurePolicy = builder.FailurePolicy is null
                ? One(nameof(ClusterSettings.FailurePolicy), attribute => attribute.FailurePolicyOrNull, policy => policy == FailurePolicy.Ignore)
                : null,
            MatchPolicy = builder.MatchPolicy is null
                ? One(nameof(ClusterSettings.MatchPolicy), attribute => attribute.MatchPolicyOrNull, policy => policy == MatchPolicy.Exact)
                : null,
            SideEffects = builder.SideEffects is null ? One(nameof(ClusterSettings.SideEffects), attribute => attribute.SideEffectsOrNull) : null,
            ReinvocationPolicy = builder.ReinvocationPolicy is null
                ? One(nameof(ClusterSettings.ReinvocationPolicy), attribute => attribute.ReinvocationPolicyOrNull)
                : null,
            Timeout = builder.Timeout is null
                ? One(nameof(AdmissionWebhookAttribute.TimeoutSeconds), attribute => attribute.TimeoutSeconds == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds(attribute.TimeoutSeconds))
                : null,
            NamespaceSelector = builder.NamespaceSelector is null ? Selector(nameof(ClusterSettings.NamespaceSelector), attribute => attribute.NamespaceSelector) : null,
            ObjectSelector = builder.ObjectSelector is null ? Selector(nameof(ClusterSettings.ObjectSelector), attribute => attribute.ObjectSelector) : null,
            MatchConditions = builder.MatchConditions is null ? Conditions() : null,
        };
    }

    private T? One<T>(string name, Func<AdmissionWebhookAttribute, T?> read, Func<T, bool>? mustBeSaidByAll = null)
        where T : struct
    {
        var values = _handlers.Select(handler => Attribute(handler) is { } attribute ? read(attribute) : null).ToList();
        Check(name, values, value => mustBeSaidByAll?.Invoke(value!.Value) == true);
        return values.FirstOrDefault(value => value is not null);
    }

    private V1LabelSelector? Selector(string name, Func<AdmissionWebhookAttribute, string?> read)
    {
        var texts = _handlers.Select(handler => Attribute(handler) is { } attribute ? read(attribute) : null).ToList();
        Check(name, texts, _ => true);
        if (texts.FirstOrDefault(text => text is not null) is not { } text)
        {
            return null;
        }

        if (!LabelSelectorText.TryParse(text, out var selector))
        {
            var who = _handlers[texts.IndexOf(text)]!.Name;
            _problems.Add($"{_webhook}: the {name} \"{text}\" on {who} is no selector; write it as kubectl does: team=web,stage in (test,prod),!legacy.");
        }

        return selector;
    }

    private MatchCondition[]? Conditions()
    {
        var each = _handlers.Select(handler => handler?.GetCustomAttributes<AdmissionMatchConditionAttribute>().Select(attribute => new MatchCondition(attribute.Name, attribute.Expression)).ToArray() ?? []).ToList();
        foreach (var condition in each.SelectMany(conditions => conditions).Distinct())
        {
            Check($"the match condition {condition.Name}", [.. each.Select(conditions => conditions.Contains(condition) ? condition : null)], _ => true);
        }

        MatchCondition[] all = [.. each.SelectMany(conditions => conditions).Distinct()];
        return all.Length == 0 ? null : all;
    }

    private void Check<T>(string name, IReadOnlyList<T?> values, Func<T, bool> mustBeSaidByAll)
    {
        var said = _handlers.Zip(values).Where(item => item.Second is not null).ToList();
        if (said.Select(item => item.Second).Distinct().Count() > 1)
        {
            _problems.Add($"{_webhook}: the attributes of {Names(said.Select(item => item.First))} disagree on {name}; say it once, or on the webhook's builder, or give each handler its own webhook.");
        }
        else if (said.Count > 0 && said.Count < values.Count && mustBeSaidByAll(said[0].Second!))
        {
            var silent = _handlers.Except(said.Select(item => item.First));
            _problems.Add($"{_webhook}: {name} is said on {Names(said.Select(item => item.First))} and would hold for {Names(silent)} too; say it on all, or on the webhook's builder, or give each handler its own webhook.");
        }
    }

    private static string Names(IEnumerable<Type?> handlers) => string.Join(" and ", handlers.Select(handler => handler?.Name ?? "a delegate"));

    private static AdmissionWebhookAttribute? Attribute(Type? handler) => handler?.GetCustomAttribute<AdmissionWebhookAttribute>();
}
