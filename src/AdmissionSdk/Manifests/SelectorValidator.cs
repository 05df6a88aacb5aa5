using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>The API server's checks of a label selector (contract 19.8).</summary>
internal static class SelectorValidator
{
    private const string KeyFix = "a label's key is at most 63 letters, digits, '-', '_' and '.', optionally after a domain and a slash";
    private const string ValueFix = "a label's value is at most 63 letters, digits, '-', '_' and '.', and begins and ends with a letter or digit";

    public static void Validate(V1LabelSelector? selector, string field, ProblemList problems)
    {
        foreach (var (key, value) in selector?.MatchLabels ?? new Dictionary<string, string>())
        {
            problems.Check(KubernetesNames.IsQualifiedName(key), $"{field} has the key \"{key}\"; {KeyFix}.");
            problems.Check(KubernetesNames.IsLabelValue(value), $"{field} has the value \"{value}\"; {ValueFix}.");
        }

        foreach (var requirement in selector?.MatchExpressions ?? [])
        {
            var (key, verb, values) = (requirement.Key, requirement.OperatorProperty, requirement.Values ?? []);
            problems.Check(KubernetesNames.IsQualifiedName(key), $"{field} has the key \"{key}\"; {KeyFix}.");
            problems.Check(verb is "In" or "NotIn" or "Exists" or "DoesNotExist", $"{field} has the operator \"{verb}\"; there are In, NotIn, Exists and DoesNotExist.");
            problems.Check(verb is not ("In" or "NotIn") || values.Count > 0, $"{field}: {key} {verb} needs at least one value.");
            problems.Check(verb is not ("Exists" or "DoesNotExist") || values.Count == 0, $"{field}: {key} {verb} takes no values.");
            foreach (var value in values.Where(value => !KubernetesNames.IsLabelValue(value)))
            {
                problems.Check(false, $"{field} has the value \"{value}\"; {ValueFix}.");
            }
        }
    }
}
