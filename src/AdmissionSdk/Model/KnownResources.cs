using System.Reflection;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Model;

/// <summary>Finds the resource of a type: by KubernetesClient's attribute, or because only one resource has objects of it.</summary>
internal static class KnownResources
{
    public static ResourceTarget? TryGet(Type objectType)
    {
        if (objectType.GetCustomAttribute<KubernetesEntityAttribute>() is { } entity)
        {
            // KubernetesClient's attribute is also on kinds that exist only as subresources; such kinds do not have a plural.
            return string.IsNullOrEmpty(entity.PluralName)
                ? null
                : new ResourceTarget(entity.Group ?? "", entity.ApiVersion, entity.PluralName);
        }

        return ConnectOptions(objectType);
    }

    private static ResourceTarget? ConnectOptions(Type objectType) =>
        objectType == typeof(PodExecOptions) ? Core("pods", "exec")
        : objectType == typeof(PodAttachOptions) ? Core("pods", "attach")
        : objectType == typeof(PodPortForwardOptions) ? Core("pods", "portforward")
        : objectType == typeof(PodProxyOptions) ? Core("pods", "proxy")
        : objectType == typeof(ServiceProxyOptions) ? Core("services", "proxy")
        : objectType == typeof(NodeProxyOptions) ? Core("nodes", "proxy")
        : null;

    private static ResourceTarget Core(string resource, string subResource) => new("", "v1", resource, subResource);
}
