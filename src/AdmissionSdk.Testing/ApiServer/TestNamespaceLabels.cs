using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>The label that API servers since 1.21 set on every namespace (contract 2.6).</summary>
internal static class TestNamespaceLabels
{
    public const string Name = "kubernetes.io/metadata.name";

    /// <summary>The namespaces that the API server makes by itself, soon after the server is ready.</summary>
    public static readonly IReadOnlyList<string> BuiltIn = ["default", "kube-system", "kube-public", "kube-node-lease"];

    public static async Task SetOnAllAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        foreach (var name in BuiltIn)
        {
            var metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { [Name] = name } };
            var patch = KubernetesJson.Serialize(new V1Namespace { Metadata = metadata });
            await client.CoreV1.PatchNamespaceAsync(new V1Patch(patch, V1Patch.PatchType.MergePatch), name, cancellationToken: cancellationToken);
        }
    }
}
