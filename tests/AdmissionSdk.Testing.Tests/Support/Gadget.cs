using k8s.Models;

namespace AdmissionSdk.Testing.Tests.Support;

/// <summary>A user's own class for a custom resource, with a plural that nobody would guess.</summary>
[KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgetry")]
public sealed class Gadget
{
    public V1ObjectMeta? Metadata { get; set; }

    public int Size { get; set; }
}
