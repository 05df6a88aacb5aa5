using System.Reflection;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using k8s.Models;

namespace AdmissionSdk.Testing.Reviews;

/// <summary>Finds the resource of a kind: by KubernetesClient's attribute, the built-in table, or the rule that Kubernetes itself guesses plurals with.</summary>
internal static class KindNames
{
    private static readonly IReadOnlyList<ResourceInfo> BuiltIn = [.. ApiServerResources.All];

    // Kinds that exist only as a subresource of one resource (contract section 5). Scale has many parents and is not in the table.
    private static readonly Dictionary<string, (string Resource, string Subresource)> Subresources = new(StringComparer.Ordinal)
    {
        ["policy/Eviction"] = ("pods", "eviction"),
        ["/Binding"] = ("pods", "binding"),
        ["authentication.k8s.io/TokenRequest"] = ("serviceaccounts", "token"),
        ["/PodExecOptions"] = ("pods", "exec"),
        ["/PodAttachOptions"] = ("pods", "attach"),
        ["/PodPortForwardOptions"] = ("pods", "portforward"),
        ["/PodProxyOptions"] = ("pods", "proxy"),
        ["/ServiceProxyOptions"] = ("services", "proxy"),
        ["/NodeProxyOptions"] = ("nodes", "proxy"),
    };

    public static GroupVersionKind Read(JsonObject json)
    {
        var (group, version) = ResourceCatalog.SplitApiVersion(json.Text("apiVersion"));
        return new(group, version, json.Text("kind"));
    }

    /// <summary>Finds the resource of the kind; null for Scale, whose parent is not known.</summary>
    public static (GroupVersionResource Resource, string Subresource)? Resource(GroupVersionKind kind, Type? model)
    {
        if (kind is { Group: "autoscaling", Kind: "Scale" })
        {
            return null;
        }

        if (Subresources.TryGetValue($"{kind.Group}/{kind.Kind}", out var row))
        {
            return (new("", "v1", row.Resource), row.Subresource);
        }

        var attribute = model?.GetCustomAttribute<KubernetesEntityAttribute>();
        var plural = !string.IsNullOrEmpty(attribute?.PluralName) ? attribute.PluralName : Find(kind)?.Plural ?? Guess(kind.Kind);
        return (new(kind.Group, kind.Version, plural), "");
    }

    /// <summary>Tells whether objects of the kind live in namespaces; true for kinds that are not built in.</summary>
    public static bool IsNamespaced(GroupVersionKind kind) =>
        Find(kind)?.Namespaced ?? kind.Kind is not ("NodeProxyOptions" or "Namespace");

    private static ResourceInfo? Find(GroupVersionKind kind) =>
        BuiltIn.FirstOrDefault(resource => resource.Group == kind.Group && resource.Kind == kind.Kind);

    // The rule of apimachinery's UnsafeGuessKindToResource.
    private static string Guess(string kind)
    {
        var singular = kind.ToLowerInvariant();
        return singular switch
        {
            "endpoints" => singular,
            _ when singular.EndsWith('s') => singular + "es",
            _ when singular.EndsWith('y') => singular[..^1] + "ies",
            _ => singular + "s",
        };
    }
}
