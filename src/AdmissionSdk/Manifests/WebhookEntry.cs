using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>One webhook as it is written into a configuration. Mutating entries have everything validating ones have, so most code knows only those.</summary>
internal static class WebhookEntry
{
    private const int DefaultPort = 443;
    private const int DefaultTimeoutSeconds = 10;

    public static V1MutatingWebhook Create(WebhookDescriptor webhook, ManifestOptions options) => new()
    {
        Name = webhook.Name,
        AdmissionReviewVersions = [.. webhook.ReviewVersions],
        ClientConfig = ClientConfig(webhook, options),
        FailurePolicy = webhook.FailurePolicy.ToString(),
        MatchConditions = webhook.MatchConditions.Count == 0
            ? null
            : [.. webhook.MatchConditions.Select(condition => new V1MatchCondition { Name = condition.Name, Expression = condition.Expression })],
        MatchPolicy = webhook.MatchPolicy == MatchPolicy.Equivalent ? null : webhook.MatchPolicy.ToString(),
        NamespaceSelector = NamespaceExemptions.AddTo(webhook, options),
        ObjectSelector = LabelSelectorCopy.Of(webhook.ObjectSelector),
        ReinvocationPolicy = webhook.ReinvocationPolicy == ReinvocationPolicy.Never ? null : webhook.ReinvocationPolicy.ToString(),
        Rules = RuleList.Create(webhook.Handlers),
        SideEffects = webhook.SideEffects.ToString(),
        TimeoutSeconds = (int)Math.Ceiling(webhook.RegisteredTimeout.TotalSeconds),
    };

    public static V1ValidatingWebhook ToValidating(V1MutatingWebhook webhook) => new()
    {
        Name = webhook.Name,
        AdmissionReviewVersions = webhook.AdmissionReviewVersions,
        ClientConfig = webhook.ClientConfig,
        FailurePolicy = webhook.FailurePolicy,
        MatchConditions = webhook.MatchConditions,
        MatchPolicy = webhook.MatchPolicy,
        NamespaceSelector = webhook.NamespaceSelector,
        ObjectSelector = webhook.ObjectSelector,
        Rules = webhook.Rules,
        SideEffects = webhook.SideEffects,
        TimeoutSeconds = webhook.TimeoutSeconds,
    };

    public static V1MutatingWebhook ToMutating(V1ValidatingWebhook webhook) => new()
    {
        Name = webhook.Name,
        AdmissionReviewVersions = webhook.AdmissionReviewVersions,
        ClientConfig = webhook.ClientConfig,
        FailurePolicy = webhook.FailurePolicy,
        MatchConditions = webhook.MatchConditions,
        MatchPolicy = webhook.MatchPolicy,
        NamespaceSelector = webhook.NamespaceSelector,
        ObjectSelector = webhook.ObjectSelector,
        Rules = webhook.Rules,
        SideEffects = webhook.SideEffects,
        TimeoutSeconds = webhook.TimeoutSeconds,
    };

    public static V1MutatingWebhook AddDefaults(V1MutatingWebhook webhook)
    {
        webhook.FailurePolicy ??= nameof(FailurePolicy.Fail);
        webhook.MatchPolicy ??= nameof(MatchPolicy.Equivalent);
        webhook.NamespaceSelector ??= new V1LabelSelector();
        webhook.ObjectSelector ??= new V1LabelSelector();
        webhook.ReinvocationPolicy ??= nameof(ReinvocationPolicy.Never);
        webhook.TimeoutSeconds ??= DefaultTimeoutSeconds;
        foreach (var rule in webhook.Rules ?? [])
        {
            rule.Scope ??= "*";
        }

        if (webhook.ClientConfig?.Service is { } service)
        {
            service.Port ??= DefaultPort;
        }

        return webhook;
    }

    private static Admissionregistrationv1WebhookClientConfig ClientConfig(WebhookDescriptor webhook, ManifestOptions options) => new()
    {
        CaBundle = options.CaBundle,
        Url = options.Url is null ? null : options.Url.AbsoluteUri.TrimEnd('/') + webhook.Path,
        Service = options.Url is not null
            ? null
            : new Admissionregistrationv1ServiceReference
            {
                Name = options.ServiceName,
                NamespaceProperty = options.Namespace,
                Path = webhook.Path,
                Port = options.ServicePort == DefaultPort ? null : options.ServicePort,
            },
    };
}
