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
            "choose FailurePolicy.Fail, or set OnUndecodable(UndecodablePolicy.Deny) and accept the finding.",
            context =>
                from webhook in context.Validating
                where webhook.FailurePolicy == FailurePolicy.Ignore
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
            "ADM1011", LintSeverity.Warning, "Pods without their ephemeral containers",
            "kubectl debug adds containers through the subresource pods/ephemeralcontainers; a rule on pods does not match it (Kubernetes 1.25 and newer).",
            "add .Subresource(\"ephemeralcontainers\") to the handler of pods.",
            context =>
                from webhook in context.Validating
                where webhook.Catches("", "pods", "", Operations.Create) && !AnyCatches(context.Validating, "pods", "ephemeralcontainers", Operations.Update)
                select (webhook.Name, "it judges pods when they are created, and nothing judges the containers that are added later.")),
        new(
            "ADM1012", LintSeverity.Warning, "Deletion of pods without eviction",
            "An eviction deletes the pod without a DELETE review of it: only pods/eviction is reviewed (contract 1.10).",
            "register for the subresource too: .Resource(\"\", \"v1\", \"pods\", \"eviction\") with CREATE.",
            context =>
                from webhook in context.Validating
                where webhook.Catches("", "pods", "", Operations.Delete) && !AnyCatches(context.Validating, "pods", "eviction", Operations.Create)
                select (webhook.Name, "it judges the deletion of pods, and an eviction passes it by.")),
        new(
            "ADM1013", LintSeverity.Info, "A mutator without a guard",
            "Another mutator may undo what this one did, a failed call under Ignore leaves it undone, and a mutator skipped in the first pass is not called in the second (contract 14.3). Only a validating webhook sees what is stored.",
            "add a validator that checks the result.",
            context =>
                from webhook in context.Mutating
                where !webhook.Targets().Any(item => context.Validating.Any(guard => guard.Catches(item.Target.Group, item.Target.Resource, item.Target.SubResource)))
                select (webhook.Name, "it changes objects, and no validating webhook of the application sees the result.")),
    ];

    private static bool AnyCatches(IEnumerable<WebhookDescriptor> webhooks, string resource, string subResource, Operations operations) =>
        webhooks.Any(webhook => webhook.Catches("", resource, subResource, operations));
}
