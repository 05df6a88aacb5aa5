using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Rules about ways past a webhook.</summary>
internal static class BypassRules
{
    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1001", LintSeverity.Warning, "A guard that fails open",
            "Under failurePolicy Ignore a request passes when the webhook fails or is late, and the requester chooses the content: an object that cannot be decoded, or is slow to judge, is a way in.",
            "choose FailurePolicy.Fail, or add a guard policy (GuardPolicy), which holds in its place, or set OnUndecodable(UndecodablePolicy.Deny) and accept the finding.",
            context =>
                from webhook in context.Validating
                where webhook.FailurePolicy == FailurePolicy.Ignore && !HasGuardPolicy(webhook, context.Target)
                select (webhook.Name, "it validates under failurePolicy Ignore: anyone who can make it fail can pass it.")),
        new(
            "ADM1008", LintSeverity.Warning, "A guard that allows on error",
            "OnError AllowWithWarning turns every exception and missed deadline of a handler into an Allow. What the requester sends decides whether a handler throws.",
            "use OnError(ErrorPolicy.Fail) or Deny; to try out a policy, use the mode Warn.",
            context =>
                from webhook in context.Validating
                where webhook.OnError == ErrorPolicy.AllowWithWarning
                select (webhook.Name, "it validates, and allows when a handler fails.")),
        new(
            "ADM1009", LintSeverity.Warning, "Only one version of the API",
            "Under matchPolicy Exact a request for the same object in another version, or another group, does not match the rule, and is not judged.",
            "use MatchPolicy.Equivalent, Kubernetes' default, or register every version with Resource(group, \"*\", resource).",
            context =>
                from webhook in context.Webhooks
                where webhook.MatchPolicy == MatchPolicy.Exact && webhook.Targets().Any(item => item.Target.Version != "*")
                select (webhook.Name, "it matches only the versions of its rules, and other versions of the same resource pass.")),
        new(
            "ADM1010", LintSeverity.Warning, "A guard that its subjects can opt out of",
            "An objectSelector looks at labels that the requester chooses.",
            "select namespaces instead, whose labels users usually cannot change, or judge the label in the handler.",
            context =>
                from webhook in context.Validating
                where webhook.ObjectSelector is { } selector && (selector.MatchLabels?.Count > 0 || selector.MatchExpressions?.Count > 0)
                select (webhook.Name, "it validates and has an objectSelector: the requester sets the object's labels, and so decides if the webhook is called.")),
        new(
            "ADM1039", LintSeverity.Warning, "A guard that large objects pass",
            "A review that is too large, or does not fit into the memory that is free, is a failure, which failurePolicy Ignore lets pass. The requester chooses the size, and can send many at once.",
            "set OnTooLarge(TooLargePolicy.Deny), or choose FailurePolicy.Fail.",
            context =>
                from webhook in context.Validating
                where webhook.FailurePolicy == FailurePolicy.Ignore && webhook.OnTooLarge == TooLargePolicy.Fail && !HasGuardPolicy(webhook, context.Target)
                select (webhook.Name, "it validates under failurePolicy Ignore and fails on reviews that are too large: whoever sends a large object passes it.")),
        new(
            "ADM1013", LintSeverity.Info, "A mutator without a guard",
            "Another mutator may undo what this one did, a failed call under Ignore leaves it undone, and a mutator skipped in the first pass is not called in the second (contract 14.3). Only a validating webhook sees what is stored.",
            "add a validator that checks the result.",
            context =>
                from webhook in context.Mutating
                let unseen = webhook.Targets().Select(item => item.Target).Where(target => !context.Validating.Any(guard => guard.Catches(target.Group, target.Resource, target.Subresource)))
                    .Select(target => target.Name()).Distinct().ToList()
                where unseen.Count > 0
                select (webhook.Name, $"it changes {string.Join(", ", unseen)}, and no validating webhook of the application sees the result.")),
    ];

    // A policy in the API server holds where the webhook does not answer.
    private static bool HasGuardPolicy(WebhookDescriptor webhook, ManifestOptions target) =>
        webhook.HasGuardPolicy && GuardPolicies.AreInstalled(target);
}
