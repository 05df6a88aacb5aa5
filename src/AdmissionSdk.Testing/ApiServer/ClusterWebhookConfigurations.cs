using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>Reads, creates and deletes the two kinds of webhook configuration alike.</summary>
internal static class ClusterWebhookConfigurations
{
    public const string ApiVersion = $"{V1MutatingWebhookConfiguration.KubeGroup}/{V1MutatingWebhookConfiguration.KubeApiVersion}";

    /// <summary>Takes the webhook configurations out of a YAML stream and leaves the rest.</summary>
    public static IReadOnlyList<IKubernetesObject<V1ObjectMeta>> Read(string yaml)
    {
        List<IKubernetesObject<V1ObjectMeta>> found = [];
        foreach (var document in YamlDocument.Read(yaml).Where(document => document.ApiVersion == ApiVersion))
        {
            if (document.Kind == V1MutatingWebhookConfiguration.KubeKind)
            {
                found.Add(document.To<V1MutatingWebhookConfiguration>());
            }
            else if (document.Kind == V1ValidatingWebhookConfiguration.KubeKind)
            {
                found.Add(document.To<V1ValidatingWebhookConfiguration>());
            }
        }

        return found;
    }

    /// <summary>Creates a configuration. A configuration of the same name is replaced only if an earlier test run left the older one behind.</summary>
    public static async Task InstallAsync(
        IKubernetes client, IKubernetesObject<V1ObjectMeta> configuration, bool replaceLeftover, CancellationToken cancellationToken)
    {
        try
        {
            await CreateAsync(client, configuration, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Conflict)
        {
            if (!replaceLeftover || !await IsOursAsync(client, configuration, cancellationToken))
            {
                throw new KubeApiServerException(
                    $"The {configuration.Kind} '{configuration.Metadata.Name}' is installed already: dispose what the earlier InstallAsync returned, or use another name.",
                    exception);
            }

            await DeleteAsync(client, configuration, cancellationToken);
            await CreateAsync(client, configuration, cancellationToken);
        }
    }

    public static async Task CreateAsync(IKubernetes client, IKubernetesObject<V1ObjectMeta> configuration, CancellationToken cancellationToken)
    {
        switch (configuration)
        {
            case V1MutatingWebhookConfiguration mutating:
                await client.AdmissionregistrationV1.CreateMutatingWebhookConfigurationAsync(mutating, cancellationToken: cancellationToken);
                break;
            case V1ValidatingWebhookConfiguration validating:
                await client.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(validating, cancellationToken: cancellationToken);
                break;
            default:
                throw new ArgumentException(
                    $"Expected a MutatingWebhookConfiguration or ValidatingWebhookConfiguration, got {configuration.GetType().Name}.", nameof(configuration));
        }
    }

    public static Task DeleteAsync(IKubernetes client, IKubernetesObject<V1ObjectMeta> configuration, CancellationToken cancellationToken)
    {
        var name = configuration.Metadata.Name;
        return Cleanup.IgnoreMissingAsync(
            token => configuration is V1MutatingWebhookConfiguration
                ? client.AdmissionregistrationV1.DeleteMutatingWebhookConfigurationAsync(name, cancellationToken: token)
                : client.AdmissionregistrationV1.DeleteValidatingWebhookConfigurationAsync(name, cancellationToken: token),
            cancellationToken);
    }

    private static async Task<bool> IsOursAsync(IKubernetes client, IKubernetesObject<V1ObjectMeta> configuration, CancellationToken cancellationToken)
    {
        var name = configuration.Metadata.Name;
        IMetadata<V1ObjectMeta> existing = configuration is V1MutatingWebhookConfiguration
            ? await client.AdmissionregistrationV1.ReadMutatingWebhookConfigurationAsync(name, cancellationToken: cancellationToken)
            : await client.AdmissionregistrationV1.ReadValidatingWebhookConfigurationAsync(name, cancellationToken: cancellationToken);
        return OwnLabel.IsOn(existing.Metadata);
    }
}
