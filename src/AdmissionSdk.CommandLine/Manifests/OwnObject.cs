using System.Reflection;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Completes an object that the application adds with the kind of its type, the standard labels, and the namespace.</summary>
internal static class OwnObject
{
    private static readonly HashSet<Type> ClusterScoped =
    [
        typeof(V1Namespace), typeof(V1Node), typeof(V1PersistentVolume), typeof(V1ClusterRole), typeof(V1ClusterRoleBinding), typeof(V1StorageClass),
        typeof(V1CSIDriver), typeof(V1PriorityClass), typeof(V1RuntimeClass), typeof(V1IngressClass), typeof(V1CustomResourceDefinition), typeof(V1APIService),
        typeof(V1MutatingWebhookConfiguration), typeof(V1ValidatingWebhookConfiguration), typeof(V1ValidatingAdmissionPolicy),
        typeof(V1ValidatingAdmissionPolicyBinding), typeof(V1FlowSchema), typeof(V1PriorityLevelConfiguration), typeof(V1CertificateSigningRequest),
    ];

    public static IKubernetesObject<V1ObjectMeta> Complete(IKubernetesObject<V1ObjectMeta> item, ManifestContext context)
    {
        var type = item.GetType();
        if (type.GetCustomAttribute<KubernetesEntityAttribute>() is { } entity)
        {
            item.Kind ??= entity.Kind;
            item.ApiVersion ??= string.IsNullOrEmpty(entity.Group) ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}";
        }

        if (string.IsNullOrEmpty(item.Kind) || string.IsNullOrEmpty(item.ApiVersion) || string.IsNullOrEmpty(item.Metadata?.Name))
        {
            throw new CommandException($"an object of the type {type.Name}, added with AddObject, lacks {(item.Metadata?.Name is null ? "a name" : "its kind or apiVersion")}: set it.");
        }

        if (!ClusterScoped.Contains(type))
        {
            item.Metadata.NamespaceProperty ??= context.Target.Namespace;
        }

        item.Metadata.Labels ??= new Dictionary<string, string>();
        foreach (var (key, value) in context.Target.Labels)
        {
            item.Metadata.Labels.TryAdd(key, value);
        }

        return item;
    }
}
