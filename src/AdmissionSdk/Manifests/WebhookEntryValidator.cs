using AdmissionSdk.Model;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>The API server's checks of one webhook (contract 19.2 to 19.9).</summary>
internal static class WebhookEntryValidator
{
    public static IReadOnlyList<string> Validate(V1MutatingWebhook webhook, string subject, bool isStatic)
    {
        var problems = new ProblemList(subject);

        // Contract 19.2.
        problems.Check(
            KubernetesNames.IsSubdomain(webhook.Name) && webhook.Name.Count(c => c == '.') >= 2,
            "the name must be a lower-case domain with at least three segments, such as images.registry.example.com.");
        ClientConfigValidator.Validate(webhook.ClientConfig, isStatic, problems);
        foreach (var (rule, i) in (webhook.Rules ?? []).Select((rule, i) => (rule, i)))
        {
            RuleValidator.Validate(rule, $"rules[{i}]", problems);
        }

        // Contract 19.6.
        OneOf(webhook.FailurePolicy, "failurePolicy", ["Fail", "Ignore"], problems);
        OneOf(webhook.MatchPolicy, "matchPolicy", ["Equivalent", "Exact"], problems);
        OneOf(webhook.ReinvocationPolicy, "reinvocationPolicy", ["Never", "IfNeeded"], problems);
        if (problems.Check(webhook.SideEffects is not null, "sideEffects is missing; say None or NoneOnDryRun."))
        {
            OneOf(webhook.SideEffects, "sideEffects", ["None", "NoneOnDryRun"], problems);
        }

        problems.Check(
            webhook.TimeoutSeconds is null or (>= WebhookSettings.ShortestTimeout and <= WebhookSettings.LongestTimeout),
            $"the timeout is {webhook.TimeoutSeconds} s; use whole seconds from 1 to 30.");
        ReviewVersions(webhook.AdmissionReviewVersions, problems);
        SelectorValidator.Validate(webhook.NamespaceSelector, "namespaceSelector", problems);
        SelectorValidator.Validate(webhook.ObjectSelector, "objectSelector", problems);
        MatchConditionValidator.Validate(webhook.MatchConditions ?? [], problems);
        return problems.All;
    }

    private static void OneOf(string? value, string field, IReadOnlyList<string> allowed, ProblemList problems) =>
        problems.Check(value is null || allowed.Contains(value, StringComparer.Ordinal), $"{field} is \"{value}\"; it must be {string.Join(" or ", allowed)}.");

    // Contract 19.7.
    private static void ReviewVersions(IList<string>? versions, ProblemList problems)
    {
        if (versions is not { Count: > 0 })
        {
            problems.Check(false, "admissionReviewVersions is empty; say v1.");
            return;
        }

        foreach (var version in versions.Where(version => !KubernetesNames.IsDns1035Label(version)))
        {
            problems.Check(false, $"the review version \"{version}\" must be lower-case letters and digits, beginning with a letter, such as v1.");
        }

        problems.Check(versions.Distinct(StringComparer.Ordinal).Count() == versions.Count, $"a review version is listed twice: {string.Join(", ", versions)}.");
        problems.Check(versions.Any(version => version is "v1" or "v1beta1"), $"none of the review versions {string.Join(", ", versions)} exists; say v1.");
    }
}
