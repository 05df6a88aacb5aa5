using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Spine.Support;

/// <summary>Two versions of a custom resource of which neither class can read the other's objects.</summary>
internal static class VersionedStore
{
    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: stores.spine.example.com
        spec:
          group: spine.example.com
          scope: Namespaced
          names: { plural: stores, singular: store, kind: Store }
          versions:
            - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
            - { name: v1beta1, served: true, storage: false, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
            - { name: v1alpha1, served: true, storage: false, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
        """;

    /// <summary>The version with an object.</summary>
    [KubernetesEntity(Group = "spine.example.com", ApiVersion = "v1", Kind = "Store", PluralName = "stores")]
    internal sealed class New
    {
        public Disk? Storage { get; set; }
    }

    /// <summary>The version with a text.</summary>
    [KubernetesEntity(Group = "spine.example.com", ApiVersion = "v1beta1", Kind = "Store", PluralName = "stores")]
    internal sealed class Old
    {
        public string? Storage { get; set; }

        public string? Migrated { get; set; }
    }

    /// <summary>A disk.</summary>
    internal sealed class Disk
    {
        public string? Size { get; set; }
    }
}
