using System.Text.Json.Nodes;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Manifests;

/// <summary>Makes everything that an application needs in a cluster, file by file.</summary>
internal static class Installation
{
    public const string NamespaceFile = "namespace.yaml";

    public static IReadOnlyList<ManifestFile> Create(CommandContext command, ManifestContext context)
    {
        List<ManifestFile> files =
        [
            new(NamespaceFile, [Json(Namespace(context))]),
            new("rbac.yaml", [.. RbacManifests.Create(context).Select(Json)]),
            new("service.yaml", [Json(NetworkManifests.Service(context))]),
            new("networkpolicy.yaml", [Json(NetworkManifests.Policy(context))]),
        ];
        if (context.Deployment.Certificates == CertificateSource.CertManager)
        {
            files.Add(new("certificate.yaml", [.. CertManagerManifests.Create(context)]));
        }

        if (context.IsManaged)
        {
            files.Add(new("certificate.yaml", [Json(ManagedSecret(context))]));
        }

        if (command.AddedObjects.Count > 0)
        {
            files.Add(new("extra.yaml", [.. command.AddedObjects.Select(create => Json(OwnObject.Complete(create(context), context)))]));
        }

        files.Add(new("deployment.yaml", [Json(Deployment(command, context)), Json(NetworkManifests.DisruptionBudget(context))]));
        files.AddRange(Registrations(context));
        return files;
    }

    /// <summary>Makes the Deployment, with the application's edits.</summary>
    public static V1Deployment Deployment(CommandContext command, ManifestContext context)
    {
        var deployment = DeploymentManifest.Create(context);
        foreach (var edit in command.DeploymentEdits)
        {
            edit(deployment);
        }

        return deployment;
    }

    /// <summary>Makes what tells the API server to ask and to judge: the webhook configurations, and the guard policies.</summary>
    public static IEnumerable<ManifestFile> Registrations(ManifestContext context) =>
        GuardPolicyManifests.Create(context) is { } guard ? [Webhooks(context), guard] : [Webhooks(context)];

    /// <summary>Makes the webhook configurations alone.</summary>
    public static ManifestFile Webhooks(ManifestContext context) =>
        new("webhooks.yaml", [.. WebhookConfigurations.Create(context.Registry, context.Target).Select(Json)]);

    /// <summary>Makes the Secret that the pods fill. Applied again it stays filled: it says nothing of its data.</summary>
    private static V1Secret ManagedSecret(ManifestContext context) => new()
    {
        ApiVersion = "v1",
        Kind = V1Secret.KubeKind,
        Metadata = Parts.Metadata(context, context.Host.ManagedSecret),
        Type = "Opaque",
    };

    private static V1Namespace Namespace(ManifestContext context) => new()
    {
        ApiVersion = "v1",
        Kind = V1Namespace.KubeKind,
        Metadata = new V1ObjectMeta
        {
            Name = context.Target.Namespace,
            Labels = new Dictionary<string, string>(Parts.Labels(context)) { ["pod-security.kubernetes.io/enforce"] = "restricted" },
        },
    };

    public static JsonObject Json(IKubernetesObject<V1ObjectMeta> item) => JsonNode.Parse(KubernetesJson.Serialize(item))!.AsObject();
}
