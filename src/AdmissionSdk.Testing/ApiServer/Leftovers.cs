using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>
/// Deletes the objects that killed test runs left in a cluster. Webhook configurations go first: a configuration whose host is gone
/// keeps all users from writing the objects that its rules match.
/// </summary>
internal static class Leftovers
{
    public static async Task SweepAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        var (webhooks, rbac, definitions) = (client.AdmissionregistrationV1, client.RbacAuthorizationV1, client.ApiextensionsV1);
        await DeleteAsync((await webhooks.ListMutatingWebhookConfigurationAsync(labelSelector: OwnLabel.Key, cancellationToken: cancellationToken)).Items,
            name => webhooks.DeleteMutatingWebhookConfigurationAsync(name, cancellationToken: cancellationToken), cancellationToken);
        await DeleteAsync((await webhooks.ListValidatingWebhookConfigurationAsync(labelSelector: OwnLabel.Key, cancellationToken: cancellationToken)).Items,
            name => webhooks.DeleteValidatingWebhookConfigurationAsync(name, cancellationToken: cancellationToken), cancellationToken);
        await DeleteAsync((await rbac.ListClusterRoleBindingAsync(labelSelector: OwnLabel.Key, cancellationToken: cancellationToken)).Items,
            name => rbac.DeleteClusterRoleBindingAsync(name, cancellationToken: cancellationToken), cancellationToken);
        await DeleteAsync((await rbac.ListClusterRoleAsync(labelSelector: OwnLabel.Key, cancellationToken: cancellationToken)).Items,
            name => rbac.DeleteClusterRoleAsync(name, cancellationToken: cancellationToken), cancellationToken);
        await DeleteAsync((await client.CoreV1.ListNamespaceAsync(labelSelector: OwnLabel.Key, cancellationToken: cancellationToken)).Items,
            name => client.CoreV1.DeleteNamespaceAsync(name, cancellationToken: cancellationToken), cancellationToken);
        await DeleteAsync((await definitions.ListCustomResourceDefinitionAsync(labelSelector: OwnLabel.Key, cancellationToken: cancellationToken)).Items,
            name => definitions.DeleteCustomResourceDefinitionAsync(name, cancellationToken: cancellationToken), cancellationToken);
    }

    // If another run sweeps too, an object may be gone already.
    private static async Task DeleteAsync(IEnumerable<IMetadata<V1ObjectMeta>> items, Func<string, Task> delete, CancellationToken cancellationToken)
    {
        foreach (var item in items.Where(item => OwnLabel.IsLeftover(item.Metadata, TimeProvider.System.GetUtcNow())))
        {
            await Cleanup.IgnoreMissingAsync(_ => delete(item.Metadata.Name), cancellationToken);
        }
    }
}
