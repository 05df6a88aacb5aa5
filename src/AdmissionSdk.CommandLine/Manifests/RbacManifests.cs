using AdmissionSdk.ManagedCertificates;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes the service account, and roles with the rights that the application needs and no others.</summary>
internal static class RbacManifests
{
    private const string RbacApi = "rbac.authorization.k8s.io";

    public static bool NeedsToken(ManifestContext context) => ClusterRules(context).Count > 0 || NamespaceRules(context).Count > 0;

    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Create(ManifestContext context)
    {
        yield return new V1ServiceAccount
        {
            ApiVersion = "v1",
            Kind = V1ServiceAccount.KubeKind,
            Metadata = Parts.Metadata(context),
            AutomountServiceAccountToken = false,
        };
        if (ClusterRules(context) is { Count: > 0 } clusterRules)
        {
            yield return new V1ClusterRole
            {
                ApiVersion = $"{RbacApi}/v1",
                Kind = V1ClusterRole.KubeKind,
                Metadata = Parts.Metadata(context, ClusterName(context), isClusterScoped: true),
                Rules = clusterRules,
            };
            yield return new V1ClusterRoleBinding
            {
                ApiVersion = $"{RbacApi}/v1",
                Kind = V1ClusterRoleBinding.KubeKind,
                Metadata = Parts.Metadata(context, ClusterName(context), isClusterScoped: true),
                RoleRef = new V1RoleRef { ApiGroup = RbacApi, Kind = V1ClusterRole.KubeKind, Name = ClusterName(context) },
                Subjects = Subjects(context),
            };
        }

        if (NamespaceRules(context) is { Count: > 0 } namespaceRules)
        {
            yield return new V1Role
            {
                ApiVersion = $"{RbacApi}/v1",
                Kind = V1Role.KubeKind,
                Metadata = Parts.Metadata(context),
                Rules = namespaceRules,
            };
            yield return new V1RoleBinding
            {
                ApiVersion = $"{RbacApi}/v1",
                Kind = V1RoleBinding.KubeKind,
                Metadata = Parts.Metadata(context),
                RoleRef = new V1RoleRef { ApiGroup = RbacApi, Kind = V1Role.KubeKind, Name = context.Target.App },
                Subjects = Subjects(context),
            };
        }

        foreach (var item in context.IsManaged || context.Host.RepairsOwnConfigurations ? EventRole(context) : [])
        {
            yield return item;
        }
    }

    // Events about cluster-scoped objects are in this namespace, and nowhere else.
    private static IEnumerable<IKubernetesObject<V1ObjectMeta>> EventRole(ManifestContext context)
    {
        var metadata = Parts.Metadata(context, ClusterName(context), isClusterScoped: true);
        metadata.NamespaceProperty = ClusterEvent.Namespace;
        yield return new V1Role
        {
            ApiVersion = $"{RbacApi}/v1",
            Kind = V1Role.KubeKind,
            Metadata = metadata,
            Rules = [new V1PolicyRule { ApiGroups = [""], Resources = ["events"], Verbs = ["create"] }],
        };
        yield return new V1RoleBinding
        {
            ApiVersion = $"{RbacApi}/v1",
            Kind = V1RoleBinding.KubeKind,
            Metadata = metadata,
            RoleRef = new V1RoleRef { ApiGroup = RbacApi, Kind = V1Role.KubeKind, Name = ClusterName(context) },
            Subjects = Subjects(context),
        };
    }

    // Cluster roles need a name as unique as the webhook configurations.
    private static string ClusterName(ManifestContext context) => context.Target.ConfigurationName;

    private static List<V1PolicyRule> ClusterRules(ManifestContext context)
    {
        List<V1PolicyRule> rules = [.. context.Deployment.ClusterRules];
        if (context.Host.ReadsNamespaces)
        {
            rules.Add(new V1PolicyRule { ApiGroups = [""], Resources = ["namespaces"], Verbs = ["get", "list", "watch"] });
        }

        if (context.Host.ReadsOwnConfigurations || context.IsManaged)
        {
            rules.Add(new V1PolicyRule
            {
                ApiGroups = ["admissionregistration.k8s.io"],
                Resources = ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
                ResourceNames = [context.Target.ConfigurationName],
                Verbs = ConfigurationVerbs(context),
            });
        }

        return rules;
    }

    // A create by server-side apply, unlike others, can be limited to a name.
    private static List<string> ConfigurationVerbs(ManifestContext context) =>
        context.Host.RepairsOwnConfigurations ? ["create", "get", "patch", "watch"]
        : context.IsManaged ? ["get", "patch", "watch"]
        : ["get"];

    private static List<V1PolicyRule> NamespaceRules(ManifestContext context)
    {
        List<V1PolicyRule> rules = [.. context.Deployment.NamespaceRules];
        if (context.IsManaged)
        {
            // A right to create cannot be limited to a name, so `manifests` creates the Secret.
            rules.Add(new V1PolicyRule { ApiGroups = [""], Resources = ["secrets"], ResourceNames = [context.Host.ManagedSecret], Verbs = ["get", "update", "watch"] });
        }

        return rules;
    }

    private static List<Rbacv1Subject> Subjects(ManifestContext context) =>
        [new Rbacv1Subject { Kind = V1ServiceAccount.KubeKind, Name = context.Target.App, NamespaceProperty = context.Target.Namespace }];
}
