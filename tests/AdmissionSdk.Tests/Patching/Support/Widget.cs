using k8s;
using k8s.Models;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's custom resource, of which the class knows a part.</summary>
[KubernetesEntity(Group = "example.com", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
internal sealed record Widget : IKubernetesObject<V1ObjectMeta>
{
    public string? ApiVersion { get; set; }

    public string? Kind { get; set; }

    public V1ObjectMeta Metadata { get; set; } = null!;

    public WidgetSpec? Spec { get; set; }
}
