using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Rules about calls that are too long, too many, or not harmless.</summary>
internal static class CallRules
{
    // The time for one create or update, all its webhooks together (contract 8.1).
    private static readonly TimeSpan RequestBudget = TimeSpan.FromSeconds(34);
    private static readonly TimeSpan LongTimeout = TimeSpan.FromSeconds(10);

    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1014", LintSeverity.Warning, "A long timeout",
            "While a webhook hangs, every request it matches hangs as long, with a goroutine and a connection in the API server.",
            "set a Timeout of at most 10 seconds; 5 is the default.",
            context =>
                from webhook in context.Webhooks
                where webhook.RegisteredTimeout > LongTimeout
                select (webhook.Name, $"the API server waits {webhook.RegisteredTimeout.TotalSeconds:0} s for it.")),
        new(
            "ADM1015", LintSeverity.Error, "Timeouts that add up over the request's budget",
            "Mutating webhooks are called one after the other, then all validating ones at once, all within 34 seconds. When the first ones hang, the request ends before the last is asked, and not even Ignore helps then.",
            "shorten the timeouts, or put handlers of the same resource behind one webhook.",
            context =>
                from item in context.Webhooks.SelectMany(webhook => webhook.Targets()).Select(item => item.Target).Distinct()
                let sum = Longest(context, item)
                where sum > RequestBudget
                select ((string?)null, $"a request for {item.Name()} may wait {sum.TotalSeconds:0} s for this application's webhooks alone.")),
        new(
            "ADM1016", LintSeverity.Error, "A mutator on DELETE",
            "A patch on DELETE makes the API server answer 500, whatever the failurePolicy (contract 5.3).",
            "take DELETE out of On(...), or use a validator.",
            context =>
                from webhook in context.Mutating
                let deleted = webhook.Targets().FirstOrDefault(item => item.Handler.Operations.HasFlag(Operations.Delete)
                    && item.Target.Subresource is "" or "*" && BuiltInResources.IsDeletable(item.Target.Group, item.Target.Resource)).Target
                where deleted is not null
                select (webhook.Name, $"it is called on DELETE of {deleted.Name()}, where nothing can be changed.")),
        new(
            "ADM1017", LintSeverity.Warning, "Side effects that may happen twice",
            "A webhook with side effects is called again on reinvocation, on every replay of an update, and for requests that are refused later.",
            "do the side effect from a controller that watches what was stored, or make it idempotent and leave ReinvocationPolicy at Never.",
            context =>
                from webhook in context.Mutating
                where webhook.SideEffects == SideEffects.NoneOnDryRun && webhook.ReinvocationPolicy == ReinvocationPolicy.IfNeeded
                select (webhook.Name, "it has side effects and asks to be called again.")),
        new(
            "ADM1018", LintSeverity.Warning, "An old review version first",
            "The API server takes the first version in the list that it knows. v1beta1 lacks the rule that a response must have the review's uid, and is going away.",
            "put v1 first: ReviewVersions(\"v1\", \"v1beta1\").",
            context =>
                from webhook in context.Webhooks
                where webhook.ReviewVersions is [not "v1", ..]
                select (webhook.Name, $"it prefers {webhook.ReviewVersions[0]}.")),
        new(
            "ADM1029", LintSeverity.Info, "Side effects that a dry run must not have",
            "sideEffects NoneOnDryRun promises that a dry run changes nothing, and the API server sends dry runs because of it (contract 15.1). Nothing keeps the promise but the handlers.",
            "ask context.DryRun before every side effect, test it with a review that is a dry run, and accept the finding.",
            context =>
                from webhook in context.Webhooks
                where webhook.SideEffects == SideEffects.NoneOnDryRun
                select (webhook.Name, "it has side effects, and declares that a dry run has none.")),
    ];

    private static TimeSpan Longest(LintContext context, ResourceTarget target)
    {
        var mutating = context.Mutating.Where(Catches).Sum(webhook => webhook.RegisteredTimeout.TotalSeconds);
        var validating = context.Validating.Where(Catches).Select(webhook => webhook.RegisteredTimeout.TotalSeconds).DefaultIfEmpty().Max();
        return TimeSpan.FromSeconds(mutating + validating);

        bool Catches(WebhookDescriptor webhook) => webhook.Catches(target.Group, target.Resource, target.Subresource, Operations.Create | Operations.Update);
    }
}
