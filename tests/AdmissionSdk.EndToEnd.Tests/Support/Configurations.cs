using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Webhook configurations of an application, limited to one namespace so that tests leave each other alone.</summary>
internal static class Configurations
{
    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> For(WebhookRegistry registry, string @namespace)
    {
        var selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = @namespace } };
        foreach (var webhook in registry.Webhooks)
        {
            var metadata = new V1ObjectMeta { Name = webhook.Name };
            var client = new Admissionregistrationv1WebhookClientConfig { Url = "https://localhost" + webhook.Path };
            var rules = webhook.Handlers.SelectMany(Rules).ToList();
            var policy = webhook.FailurePolicy.ToString();
            var seconds = (int)webhook.Timeout.TotalSeconds;
            if (webhook.Type == WebhookType.Mutating)
            {
                yield return new V1MutatingWebhookConfiguration
                {
                    ApiVersion = "admissionregistration.k8s.io/v1",
                    Kind = "MutatingWebhookConfiguration",
                    Metadata = metadata,
                    Webhooks = [new() { Name = webhook.Name, ClientConfig = client, Rules = rules, FailurePolicy = policy, TimeoutSeconds = seconds, SideEffects = "None", AdmissionReviewVersions = ["v1"], NamespaceSelector = selector }],
                };
            }
            else
            {
                yield return new V1ValidatingWebhookConfiguration
                {
                    ApiVersion = "admissionregistration.k8s.io/v1",
                    Kind = "ValidatingWebhookConfiguration",
                    Metadata = metadata,
                    Webhooks = [new() { Name = webhook.Name, ClientConfig = client, Rules = rules, FailurePolicy = policy, TimeoutSeconds = seconds, SideEffects = "None", AdmissionReviewVersions = ["v1"], NamespaceSelector = selector }],
                };
            }
        }
    }

    private static IEnumerable<V1RuleWithOperations> Rules(HandlerDescriptor handler) =>
        from target in handler.Resources
        select new V1RuleWithOperations
        {
            Operations = [.. Enum.GetValues<Operations>().Where(flag => flag is not Operations.None and not Operations.All && handler.Operations.HasFlag(flag)).Select(flag => flag.ToString().ToUpperInvariant())],
            ApiGroups = [target.Group],
            ApiVersions = [target.Version],
            Resources = [target.RuleResource],
        };
}
