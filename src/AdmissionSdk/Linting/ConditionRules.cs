using AdmissionSdk.Registration;

namespace AdmissionSdk.Linting;

/// <summary>Rules about match conditions that do not work as they read.</summary>
internal static class ConditionRules
{
    private const int MostAuthorizerChecks = 2;
    private const int MostAuthorizerChecksInAll = 7;

    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1019", LintSeverity.Error, "Match conditions that this Kubernetes ignores",
            "API servers before 1.27 refuse to apply matchConditions, and drop matchConditions without a warning if another client writes them; 1.27 drops matchConditions unless a feature gate is on. The webhook is then called for everything.",
            "use Kubernetes 1.28 or newer, or judge the condition in the handler.",
            context =>
                from webhook in context.Webhooks
                where webhook.MatchConditions.Count > 0 && context.Target.KubeVersion < new Version(1, 28)
                select (webhook.Name, $"it has match conditions, and Kubernetes {context.Target.KubeVersion} ignores them.")),
        new(
            "ADM1020", LintSeverity.Warning, "A match condition with variables that webhooks do not have",
            "The expressions of webhooks know object, oldObject, request and authorizer. namespaceObject is always null, params and variables do not compile (contract 3.1).",
            "use object, oldObject, request or authorizer; select namespaces with a NamespaceSelector.",
            context =>
                from webhook in context.Webhooks
                from condition in webhook.MatchConditions
                let name = CelNames.Roots(condition.Expression).FirstOrDefault(name => name is "namespaceObject" or "params" or "variables" or "self" or "oldSelf")
                where name is not null
                select (webhook.Name, $"its match condition {condition.Name} uses {name}.")),
        new(
            "ADM1021", LintSeverity.Warning, "Too many questions to the authorizer",
            "An authorizer check costs 350,000 of the 1,000,000 units that an expression may cost (contract 3.5); the third exceeds it, and the request fails. All conditions of a webhook together may cost 2,500,000, which the eighth exceeds.",
            "split the expression into several conditions, with at most two checks each and seven in all, or judge in the handler.",
            context => context.Webhooks.SelectMany(TooManyChecks)),
        new(
            "ADM1035", LintSeverity.Error, "A match condition that does not compile",
            "The API server compiles match conditions when the configuration is applied, with the libraries of the version before its own (contract 19.9), and refuses the whole configuration. Found in applications with the command line, which brings AdmissionSdk.Cel.",
            "mend the expression at the line and column, or name a newer Kubernetes (--kube-version) if the function came later.",
            context => context.Flaws(ConditionFlawKind.Refused)),
        new(
            "ADM1036", LintSeverity.Warning, "A match condition that always holds",
            "The condition is true for every request that the webhook's rules let through, so the condition keeps nothing away. namespaceObject is always null, and object and oldObject are null for some operations.",
            "remove the condition, or compare what differs from request to request.",
            context => context.Flaws(ConditionFlawKind.AlwaysTrue)),
        new(
            "ADM1037", LintSeverity.Warning, "A match condition that never holds",
            "The condition is false for every request that the webhook's rules let through, so the webhook is never called: what the webhook enforces is not enforced.",
            "remove the condition, or change the operations and resources of the rules or the condition so that both can be met.",
            context => context.Flaws(ConditionFlawKind.NeverTrue)),
        new(
            "ADM1038", LintSeverity.Warning, "Match conditions that cost too much",
            "An expression may cost 1,000,000 units, and all conditions of a webhook 2,500,000 (contract 3.5); beyond that the evaluation ends with an error, which FailurePolicy decides. Only bounds that the text tells are judged; loops over lists of an object have none.",
            "loop over fewer elements, test the cheap part first, or judge in the handler.",
            context => context.Flaws(ConditionFlawKind.Costly)),
    ];

    private static IEnumerable<(string?, string)> TooManyChecks(WebhookDescriptor webhook)
    {
        var checks = webhook.MatchConditions.Select(condition => (condition.Name, Count: CelNames.Calls(condition.Expression, "check"))).ToList();
        foreach (var (name, count) in checks.Where(condition => condition.Count > MostAuthorizerChecks))
        {
            yield return (webhook.Name, $"its match condition {name} asks the authorizer {count} times.");
        }

        if (checks.Sum(condition => condition.Count) is > MostAuthorizerChecksInAll and var all)
        {
            yield return (webhook.Name, $"its match conditions ask the authorizer {all} times together.");
        }
    }
}
