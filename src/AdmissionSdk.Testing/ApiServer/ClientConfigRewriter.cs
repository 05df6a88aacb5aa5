using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// Points copies of webhook configurations at a test host: a reference to a Service becomes a URL with the same path, and a
/// URL keeps its path only. The rest of the configuration stays.
/// </summary>
internal static class ClientConfigRewriter
{
    public static IKubernetesObject<V1ObjectMeta> Rewrite(IKubernetesObject<V1ObjectMeta> configuration, Uri baseAddress, byte[] caBundle)
    {
        switch (configuration)
        {
            case V1MutatingWebhookConfiguration mutating:
                var mutatingCopy = Labelled(Copy(mutating));
                mutatingCopy.Webhooks = [.. (mutatingCopy.Webhooks ?? []).Select(webhook => webhook with { ClientConfig = Rewrite(webhook.ClientConfig, baseAddress, caBundle) })];
                return mutatingCopy;
            case V1ValidatingWebhookConfiguration validating:
                var validatingCopy = Labelled(Copy(validating));
                validatingCopy.Webhooks = [.. (validatingCopy.Webhooks ?? []).Select(webhook => webhook with { ClientConfig = Rewrite(webhook.ClientConfig, baseAddress, caBundle) })];
                return validatingCopy;
            default:
                throw new ArgumentException(
                    $"Expected a MutatingWebhookConfiguration or ValidatingWebhookConfiguration, got {configuration.GetType().Name}.", nameof(configuration));
        }
    }

    private static Admissionregistrationv1WebhookClientConfig Rewrite(Admissionregistrationv1WebhookClientConfig? original, Uri baseAddress, byte[] caBundle)
    {
        var path = original switch
        {
            { Service: { } service } => service.Path ?? "/",
            { Url: { } url } => new Uri(url).AbsolutePath,
            _ => "/",
        };
        return new Admissionregistrationv1WebhookClientConfig { Url = baseAddress.AbsoluteUri.TrimEnd('/') + path, CaBundle = caBundle };
    }

    private static T Copy<T>(T configuration) => KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(configuration));

    private static T Labelled<T>(T configuration)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        configuration.Metadata.ResourceVersion = null;
        OwnLabel.Set(configuration.Metadata);
        return configuration;
    }
}
