using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Makes the ValidatingAdmissionPolicies of webhooks with a guard policy, and their bindings. A policy has no parameters: a parameter kind that cannot be
/// read would refuse every request that the policy matches.
/// </summary>
internal static class GuardPolicies
{
    /// <summary>The first version with ValidatingAdmissionPolicies that need no feature gate.</summary>
    public static readonly Version Since = new(1, 30);

    private const int LongestName = 253;
    private const string StaticSuffix = ".static.k8s.io";

    /// <summary>True if the options ask for guard policies, and the API server has them.</summary>
    public static bool AreInstalled(ManifestOptions options) => options.GuardPolicies && options.KubeVersion >= Since;

    /// <summary>Makes a policy and its binding for each webhook with a guard policy; nothing if the options leave guard policies out.</summary>
    public static IReadOnlyList<(WebhookDescriptor Webhook, V1ValidatingAdmissionPolicy Policy, V1ValidatingAdmissionPolicyBinding Binding)> Create(
        WebhookRegistry registry, ManifestOptions options) =>
        options.GuardPolicies ? [.. Guarded(registry).Select(webhook => (webhook, Policy(webhook, options), Binding(webhook, options)))] : [];

    /// <summary>All policies, then all bindings: a binding without its policy has no effect, a policy without its binding neither.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Objects(WebhookRegistry registry, ManifestOptions options)
    {
        var created = Create(registry, options);
        return [.. created.Select(item => item.Policy), .. created.Select(item => item.Binding)];
    }

    /// <summary>Finds what keeps policies from being installed.</summary>
    public static IEnumerable<string> Validate(WebhookRegistry registry, ManifestOptions options)
    {
        foreach (var (webhook, policy, _) in Create(registry, options))
        {
            if (options.KubeVersion < Since)
            {
                yield return $"{webhook.Name}: Kubernetes {options.KubeVersion} has no ValidatingAdmissionPolicies, or only behind a feature gate, so that a guard policy would be refused or ignored; use {Since} or newer (--kube-version), or leave the guard policy out (--guard-policy false).";
            }

            if (policy.Metadata.Name.Length > LongestName)
            {
                yield return $"{webhook.Name}: the name of its guard policy, {policy.Metadata.Name}, is longer than {LongestName} characters; use a shorter --app, --namespace or webhook name.";
            }

            if (policy.Spec.Validations.Count == 0)
            {
                yield return $"{webhook.Name}: its guard policy validates nothing; add an expression with Validate.";
            }
        }
    }

    private static IEnumerable<WebhookDescriptor> Guarded(WebhookRegistry registry) =>
        registry.Webhooks.Where(webhook => webhook.HasGuardPolicy).OrderBy(webhook => webhook.Order);

    private static V1ValidatingAdmissionPolicy Policy(WebhookDescriptor webhook, ManifestOptions options)
    {
        var guard = webhook.GuardPolicy!;
        return new()
        {
            ApiVersion = $"{V1ValidatingAdmissionPolicy.KubeGroup}/{V1ValidatingAdmissionPolicy.KubeApiVersion}",
            Kind = V1ValidatingAdmissionPolicy.KubeKind,
            Metadata = Metadata(webhook, options),
            Spec = new V1ValidatingAdmissionPolicySpec
            {
                // An evaluation that fails denies, whatever the webhook's own failurePolicy is: the guard never opens by accident.
                FailurePolicy = nameof(FailurePolicy.Fail),
                MatchConditions = webhook.MatchConditions.Count == 0
                    ? null
                    : [.. webhook.MatchConditions.Select(condition => new V1MatchCondition { Name = condition.Name, Expression = condition.Expression })],
                MatchConstraints = new V1MatchResources
                {
                    MatchPolicy = webhook.MatchPolicy == MatchPolicy.Equivalent ? null : webhook.MatchPolicy.ToString(),
                    NamespaceSelector = NamespaceExemptions.AddTo(webhook, options),
                    ObjectSelector = LabelSelectorCopy.Of(webhook.ObjectSelector),
                    ResourceRules = [.. RuleList.Create(webhook.Handlers).Select(Rule)],
                },
                Variables = guard.Variables.Count == 0
                    ? null
                    : [.. guard.Variables.Select(variable => new V1Variable { Name = variable.Name, Expression = variable.Expression })],
                Validations =
                [
                    .. guard.Validations.Select(validation => new V1Validation
                    {
                        Expression = validation.Expression,
                        Message = validation.Message,
                        MessageExpression = validation.MessageExpression,
                        Reason = "Forbidden",
                    }),
                ],
            },
        };
    }

    private static V1ValidatingAdmissionPolicyBinding Binding(WebhookDescriptor webhook, ManifestOptions options) => new()
    {
        ApiVersion = $"{V1ValidatingAdmissionPolicyBinding.KubeGroup}/{V1ValidatingAdmissionPolicyBinding.KubeApiVersion}",
        Kind = V1ValidatingAdmissionPolicyBinding.KubeKind,
        Metadata = Metadata(webhook, options),
        Spec = new V1ValidatingAdmissionPolicyBindingSpec
        {
            PolicyName = Name(webhook, options),
            ValidationActions = [Action(webhook.Registered.Mode!.Value)],
        },
    };

    private static string Action(EnforcementMode mode) => mode switch
    {
        EnforcementMode.Warn => "Warn",
        EnforcementMode.Audit => "Audit",
        _ => "Deny",
    };

    private static V1NamedRuleWithOperations Rule(V1RuleWithOperations rule) => new()
    {
        ApiGroups = rule.ApiGroups,
        ApiVersions = rule.ApiVersions,
        Operations = rule.Operations,
        Resources = rule.Resources,
        Scope = rule.Scope,
    };

    private static V1ObjectMeta Metadata(WebhookDescriptor webhook, ManifestOptions options) => new()
    {
        Name = Name(webhook, options),
        Labels = new SortedDictionary<string, string>(options.Labels.ToDictionary(), StringComparer.Ordinal),
    };

    // Policies are objects of the cluster: the name tells installations apart, and the webhooks of one.
    private static string Name(WebhookDescriptor webhook, ManifestOptions options) =>
        $"{options.App}.{options.Namespace}.{webhook.Name}{(options.StaticManifests ? StaticSuffix : "")}";
}
