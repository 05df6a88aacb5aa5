using AdmissionSdk.Manifests;

namespace AdmissionSdk.Linting;

/// <summary>Rules about guard policies.</summary>
internal static class GuardRules
{
    public static IEnumerable<LintRule> All { get; } =
    [
        new(
            "ADM1040", LintSeverity.Info, "A guard of pods that could hold without its webhook",
            "Under failurePolicy Fail no pod is created while every replica of the webhook is down, and no node that is lost can be made good. A ValidatingAdmissionPolicy is judged inside the API server (Kubernetes 1.30 and newer) and cannot be down; with one, the webhook can be Ignore. Whatever needs a look-up stays with the webhook.",
            "say with GuardPolicy(...) what must be refused whatever happens, and choose FailurePolicy.Ignore; or accept the finding if only a look-up can decide.",
            context =>
                from webhook in context.Validating
                where context.Target.KubeVersion >= GuardPolicies.Since
                    && webhook is { FailurePolicy: FailurePolicy.Fail, HasGuardPolicy: false }
                    && webhook.Catches("", "pods", operations: Operations.Create)
                select (webhook.Name, "it fails closed for new pods, and has no guard policy that would hold in its place.")),
    ];
}
