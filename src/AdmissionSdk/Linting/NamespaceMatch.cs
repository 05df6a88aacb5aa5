using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Linting;

/// <summary>Evaluates the selector that would be generated for a webhook, on a namespace of which only the name is known.</summary>
internal static class NamespaceMatch
{
    public static bool Exempts(WebhookDescriptor webhook, ManifestOptions target, string name)
    {
        var selector = NamespaceExemptions.AddTo(webhook, target);
        return selector is not null
            && !((selector.MatchLabels ?? new Dictionary<string, string>()).All(label => Value(label.Key, name) == label.Value)
                && (selector.MatchExpressions ?? []).All(requirement => Matches(requirement, Value(requirement.Key, name))));
    }

    private static string? Value(string key, string name) => key == NamespaceExemptions.NameLabel ? name : null;

    private static bool Matches(V1LabelSelectorRequirement requirement, string? value) => requirement.OperatorProperty switch
    {
        "In" => value is not null && requirement.Values.Contains(value),
        "NotIn" => value is null || !requirement.Values.Contains(value),
        "Exists" => value is not null,
        _ => value is null,
    };
}
