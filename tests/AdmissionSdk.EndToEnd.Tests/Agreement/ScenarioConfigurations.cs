using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>The configuration objects of a scenario.</summary>
internal static class ScenarioConfigurations
{
    public static IKubernetesObject<V1ObjectMeta>[] Create(Scenario scenario) =>
    [
        .. scenario.Hooks.Where(hook => hook.Mutating).GroupBy(hook => hook.Configuration).Select(group => Mutating(group.Key, group)),
        .. scenario.Hooks.Where(hook => !hook.Mutating).GroupBy(hook => hook.Configuration).Select(group => Validating(group.Key, group)),
    ];

    private static V1MutatingWebhookConfiguration Mutating(string name, IEnumerable<ScenarioHook> hooks) => new()
    {
        ApiVersion = "admissionregistration.k8s.io/v1",
        Kind = "MutatingWebhookConfiguration",
        Metadata = new V1ObjectMeta { Name = name },
        Webhooks = [.. hooks.Select(hook => hook.Define())],
    };

    private static V1ValidatingWebhookConfiguration Validating(string name, IEnumerable<ScenarioHook> hooks) => new()
    {
        ApiVersion = "admissionregistration.k8s.io/v1",
        Kind = "ValidatingWebhookConfiguration",
        Metadata = new V1ObjectMeta { Name = name },
        Webhooks = [.. hooks.Select(hook => Validating(hook.Define()))],
    };

    private static V1ValidatingWebhook Validating(V1MutatingWebhook hook) => new()
    {
        Name = hook.Name,
        AdmissionReviewVersions = hook.AdmissionReviewVersions,
        ClientConfig = hook.ClientConfig,
        FailurePolicy = hook.FailurePolicy,
        MatchConditions = hook.MatchConditions,
        MatchPolicy = hook.MatchPolicy,
        NamespaceSelector = hook.NamespaceSelector,
        ObjectSelector = hook.ObjectSelector,
        Rules = hook.Rules,
        SideEffects = hook.SideEffects,
        TimeoutSeconds = hook.TimeoutSeconds,
    };
}
