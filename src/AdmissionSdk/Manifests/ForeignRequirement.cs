using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>An exclusion that somebody else put into a selector. Requirements are joined by "and", so it keeps objects from the webhook, and brings none.</summary>
/// <param name="Webhook">The webhook's name.</param>
/// <param name="Selector">The selector: <c>namespaceSelector</c> or <c>objectSelector</c>.</param>
/// <param name="Requirement">The requirement.</param>
/// <param name="Managers">The field managers that own the place, besides the SDK's.</param>
internal sealed record ForeignRequirement(string Webhook, string Selector, V1LabelSelectorRequirement Requirement, string Managers)
{
    /// <summary>The name by which the annotation remembers the requirement.</summary>
    public string Mark => $"{Webhook}/{Selector}/{Requirement.Key}";

    /// <summary>The requirement as kubectl writes it, and whose it is.</summary>
    public override string ToString() => $"{Webhook}: {Selector} also has {Describe()} ({Managers}), which narrows it and is kept";

    private string Describe() => Requirement.OperatorProperty switch
    {
        "DoesNotExist" => $"!{Requirement.Key}",
        _ => $"{Requirement.Key} notin ({string.Join(",", Requirement.Values ?? [])})",
    };
}
