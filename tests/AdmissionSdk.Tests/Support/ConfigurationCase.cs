using k8s.Models;

namespace AdmissionSdk.Tests.Support;

/// <summary>A webhook configuration, and the verdict of the API server.</summary>
/// <param name="Rule">The rule of the contract it shows.</param>
/// <param name="IsAccepted">True if the API server takes it.</param>
/// <param name="Since">The oldest API server for which that holds; null for every one since 1.20.</param>
/// <param name="Change">Makes it out of a configuration that is right.</param>
public sealed record ConfigurationCase(string Rule, bool IsAccepted, string? Since, Action<V1MutatingWebhookConfiguration> Change)
{
    public V1MutatingWebhookConfiguration Create(string name)
    {
        var configuration = new V1MutatingWebhookConfiguration
        {
            ApiVersion = "admissionregistration.k8s.io/v1",
            Kind = V1MutatingWebhookConfiguration.KubeKind,
            Metadata = new V1ObjectMeta { Name = name },
            Webhooks = [Webhook("hook.test.example.com")],
        };
        Change(configuration);
        return configuration;
    }

    public static V1MutatingWebhook Webhook(string name) => new()
    {
        Name = name,
        AdmissionReviewVersions = ["v1"],
        ClientConfig = new Admissionregistrationv1WebhookClientConfig
        {
            Service = new Admissionregistrationv1ServiceReference { Name = "hook", NamespaceProperty = "hooks", Path = "/mutate" },
        },
        Rules = [Rule1("pods")],
        SideEffects = "None",
    };

    public static V1RuleWithOperations Rule1(params string[] resources) => new()
    {
        ApiGroups = [""],
        ApiVersions = ["v1"],
        Operations = ["CREATE"],
        Resources = resources,
    };
}
