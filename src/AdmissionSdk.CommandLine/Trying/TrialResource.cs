using System.Reflection;
using AdmissionSdk.CommandLine.Checking;
using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Reports;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Trying;

/// <summary>The resource and subresource to which a manifest would be posted.</summary>
internal sealed record TrialResource(GroupVersionResource Resource, string Subresource)
{
    // Kinds that exist only as the objects of subresources.
    private static readonly Dictionary<string, (string Resource, string Subresource)> OfSubresources = new(StringComparer.Ordinal)
    {
        ["v1/PodExecOptions"] = ("pods", "exec"),
        ["v1/PodAttachOptions"] = ("pods", "attach"),
        ["v1/PodPortForwardOptions"] = ("pods", "portforward"),
        ["v1/PodProxyOptions"] = ("pods", "proxy"),
        ["v1/ServiceProxyOptions"] = ("services", "proxy"),
        ["v1/NodeProxyOptions"] = ("nodes", "proxy"),
        ["v1/Binding"] = ("pods", "binding"),
        ["policy/v1/Eviction"] = ("pods", "eviction"),
        ["authentication.k8s.io/v1/TokenRequest"] = ("serviceaccounts", "token"),
    };

    /// <summary>True for the options of exec, attach, port-forward and proxy.</summary>
    public bool IsConnect => Subresource is "exec" or "attach" or "portforward" or "proxy";

    /// <exception cref="CommandException">The resource cannot be read.</exception>
    public static TrialResource Find(WebhookRegistry registry, ManifestObject item, string? given)
    {
        if (given is not null)
        {
            return Parse(given);
        }

        if (OfSubresources.TryGetValue($"{item.ApiVersion}/{item.Kind}", out var known))
        {
            return new(new GroupVersionResource("", "v1", known.Resource), known.Subresource);
        }

        if (item is { Group: "autoscaling", Kind: "Scale" })
        {
            throw new CommandException("a Scale does not say what it scales: name the resource, such as --resource apps/v1/deployments/scale.");
        }

        var version = item.ApiVersion[(item.ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return new(new GroupVersionResource(item.Group, version, FindPlural(registry, item) ?? ClusterScoped.GuessResource(item.Kind)), "");
    }

    private static string? FindPlural(WebhookRegistry registry, ManifestObject item) =>
        (from webhook in registry.Webhooks
         from handler in webhook.Handlers
         let entity = handler.ObjectType.GetCustomAttribute<KubernetesEntityAttribute>()
         where entity?.PluralName is { Length: > 0 } && entity.Kind == item.Kind && (entity.Group ?? "") == item.Group
         select entity.PluralName).FirstOrDefault();

    private static TrialResource Parse(string text) => text.Split('/') switch
    {
        // The core group has no name; its version begins with v and a digit, and no group is named so.
        [var version, var resource] when IsVersion(version) => new(new GroupVersionResource("", version, resource), ""),
        [var version, var resource, var subresource] when IsVersion(version) => new(new GroupVersionResource("", version, resource), subresource),
        [var group, var version, var resource] when IsVersion(version) => new(new GroupVersionResource(group, version, resource), ""),
        [var group, var version, var resource, var subresource] when IsVersion(version) => new(new GroupVersionResource(group, version, resource), subresource),
        _ => throw new CommandException($"--resource {SafeText.Quote(text)} is not a resource: write group/version/resource/subresource, such as apps/v1/deployments/scale, or v1/pods for the core group."),
    };

    private static bool IsVersion(string text) => text is ['v', >= '0' and <= '9', ..];
}
