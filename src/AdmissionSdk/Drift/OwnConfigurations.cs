using System.Net;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.Drift;

/// <summary>Compares the application's webhook configurations in a cluster with the code, with no other permission than <c>get</c> by name.</summary>
internal static class OwnConfigurations
{
    public static async Task<IReadOnlyList<OwnConfiguration>> ReadAsync(
        IKubernetes client, WebhookRegistry registry, ManifestOptions options, CancellationToken cancellationToken)
    {
        var code = WebhookConfigurations.Create(registry, options);
        var (mutating, validating) = (code.OfType<V1MutatingWebhookConfiguration>().SingleOrDefault(), code.OfType<V1ValidatingWebhookConfiguration>().SingleOrDefault());
        var api = client.AdmissionregistrationV1;
        return
        [
            Compare(mutating, await ReadAsync(() => api.ReadMutatingWebhookConfigurationAsync(options.ConfigurationName, cancellationToken: cancellationToken)), options),
            Compare(validating, await ReadAsync(() => api.ReadValidatingWebhookConfigurationAsync(options.ConfigurationName, cancellationToken: cancellationToken)), options),
        ];
    }

    private static OwnConfiguration Compare<T>(T? code, T? cluster, ManifestOptions options)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        if (code is not null)
        {
            return new OwnConfiguration(code, cluster, ConfigurationDrift.Compare(code, cluster));
        }

        // The last webhook of this type left the code.
        return new OwnConfiguration(
            null,
            cluster,
            cluster is not null && options.Labels.All(label => cluster.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value)
                ? [new FieldDrift($"{cluster.Kind}/{cluster.Metadata.Name}", "", null, "{}")]
                : []);
    }

    private static async Task<T?> ReadAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
