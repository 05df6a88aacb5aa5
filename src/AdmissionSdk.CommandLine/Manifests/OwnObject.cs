using System.Reflection;
using AdmissionSdk.CommandLine.Checking;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Completes an object that the application adds with the kind of its type, the standard labels, and the namespace.</summary>
internal static class OwnObject
{
    public static IKubernetesObject<V1ObjectMeta> Complete(IKubernetesObject<V1ObjectMeta> item, ManifestContext context)
    {
        var type = item.GetType();
        var entity = type.GetCustomAttribute<KubernetesEntityAttribute>();
        if (entity is not null)
        {
            item.Kind ??= entity.Kind;
            item.ApiVersion ??= string.IsNullOrEmpty(entity.Group) ? entity.ApiVersion : $"{entity.Group}/{entity.ApiVersion}";
        }

        if (string.IsNullOrEmpty(item.Kind) || string.IsNullOrEmpty(item.ApiVersion) || string.IsNullOrEmpty(item.Metadata?.Name))
        {
            throw new CommandException($"an object of the type {type.Name}, added with AddObject, lacks {(item.Metadata?.Name is null ? "a name" : "its kind or apiVersion")}: set it.");
        }

        // A kind of the application's own counts as one with a namespace, as most are.
        if (entity is null || !ClusterScoped.Contains(entity.Group ?? "", entity.Kind))
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
