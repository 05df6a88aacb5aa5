using System.Reflection;
using AdmissionSdk.CommandLine.Yaml;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Checking;

/// <summary>
/// Finds the webhooks that the API server would call when an object is created. Selectors of objects and exempt namespaces are judged. Labels of
/// namespaces are in a cluster: unless they were given, a webhook with a selector of namespaces is called. Match conditions are judged later, when the webhooks before have changed the object.
/// </summary>
internal static class Claims
{
    private const string Any = "*";
    private const string SystemNamespace = "kube-system";

    /// <summary>Finds the webhooks of a type, in the order of the API server's calls.</summary>
    public static IEnumerable<Claim> FindAll(WebhookRegistry registry, WebhookType type, ReviewTarget target) =>
        registry.Webhooks.Where(webhook => webhook.Type == type && !IsExempt(webhook, target)).OrderBy(webhook => webhook.Order)
            .Select(webhook => FindClaim(webhook, target)).OfType<Claim>();

    /// <summary>True if Kubernetes has the kind without a namespace, or a handler for the kind has the scope Cluster.</summary>
    public static bool IsClusterScoped(WebhookRegistry registry, string group, string kind) => ClusterScoped.Contains(group, kind)
        || registry.Webhooks.SelectMany(webhook => webhook.Handlers).Any(handler =>
            handler.Scope == ResourceScope.Cluster && handler.Resources.Any(resource => resource.Group == group && resource.Resource == GetResource(handler, group, kind)));

    private static Claim? FindClaim(WebhookDescriptor webhook, ReviewTarget target)
    {
        Claim? other = null;
        foreach (var handler in webhook.Handlers.Where(handler => handler.Operations.HasFlag(Operations.Create) && IsInScope(handler, target)))
        {
            var resource = GetResource(handler, target.Group, target.Object.Kind);
            foreach (var wanted in handler.Resources.Where(wanted => Matches(wanted.Group, target.Group) && Matches(wanted.Resource, resource) && wanted.Subresource is "" or Any))
            {
                if (Matches(wanted.Version, target.Version))
                {
                    return new Claim(webhook, resource, null);
                }

                // Exact looks for no equivalent version (contract 2.8).
                other = webhook.MatchPolicy == MatchPolicy.Exact ? null : new Claim(webhook, resource, wanted.Version);
            }
        }

        return other;
    }

    // The type's attribute names the resource; without an attribute, the rule by which Kubernetes guesses plurals does.
    private static string GetResource(HandlerDescriptor handler, string group, string kind) =>
        handler.ObjectType.GetCustomAttribute<KubernetesEntityAttribute>() is { PluralName.Length: > 0 } entity && entity.Kind == kind && (entity.Group ?? "") == group
            ? entity.PluralName
            : ClusterScoped.GuessResource(kind);

    private static bool IsInScope(HandlerDescriptor handler, ReviewTarget target) =>
        handler.Scope == ResourceScope.Any || handler.Scope == (target.Namespace.Length == 0 ? ResourceScope.Cluster : ResourceScope.Namespaced);

    private static bool IsExempt(WebhookDescriptor webhook, ReviewTarget target) =>
        (webhook.HasDefaultExemptions && target.Namespace == SystemNamespace)
        || webhook.ExemptNamespaces.Contains(target.Namespace)
        || (webhook.NamespaceSelector is { } namespaces && target.NamespaceLabels is { } labels && !LabelSelectorMatch.Matches(namespaces, labels))
        || (webhook.ObjectSelector is { } selector && !LabelSelectorMatch.Matches(selector, ReadLabels(target.Object.Node)));

    public static Dictionary<string, string> ReadLabels(YamlMapping node) => (node.Find("metadata") as YamlMapping)?.Find("labels") is not YamlMapping labels ? []
        : labels.EffectiveEntries.Where(entry => entry.Value is YamlScalar).ToDictionary(entry => entry.Name, entry => ((YamlScalar)entry.Value).Text);

    private static bool Matches(string pattern, string value) => pattern == Any || pattern == value;
}
