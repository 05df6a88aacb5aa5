using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Spine.Support;

/// <summary>A custom resource whose class has fewer members than its schema.</summary>
[KubernetesEntity(Group = "spine.example.com", ApiVersion = "v1", Kind = "Gadget", PluralName = "gadgets")]
public sealed class Gadget : IKubernetesObject<V1ObjectMeta>
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public V1ObjectMeta Metadata { get; set; } = new();

    public GadgetSpec? Spec { get; set; }
}
