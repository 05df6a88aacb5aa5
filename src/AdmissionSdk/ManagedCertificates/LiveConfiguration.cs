using k8s;
using k8s.Models;

namespace AdmissionSdk.ManagedCertificates;

/// <summary>One of the application's webhook configurations in the cluster.</summary>
/// <param name="Object">The configuration.</param>
/// <param name="Bundles">The CA bundles of its webhooks, by name.</param>
internal sealed record LiveConfiguration(IKubernetesObject<V1ObjectMeta> Object, IReadOnlyDictionary<string, byte[]?> Bundles)
{
    public const string Injection = "cert-manager.io/inject-ca-from";

    /// <summary>Kind and name.</summary>
    public string Subject => $"{Object.Kind}/{Object.Metadata.Name}";

    /// <summary>True if cert-manager fills in the CA bundles.</summary>
    public bool IsFilledByCertManager => Object.Metadata.Annotations?.ContainsKey(Injection) == true;

    /// <summary>The field managers that wrote a CA bundle, other than this application.</summary>
    public IReadOnlyList<string> OtherManagers(string own) =>
        [.. (Object.Metadata.ManagedFields ?? []).Where(entry => entry.Manager != own && KubernetesJson.Serialize(entry.FieldsV1).Contains("f:caBundle", StringComparison.Ordinal))
            .Select(entry => entry.Manager).Distinct(StringComparer.Ordinal)];
}
