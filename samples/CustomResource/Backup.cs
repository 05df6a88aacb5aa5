using k8s;
using k8s.Models;

namespace CustomResource;

/// <summary>The resource of backup.crd.yaml.</summary>
[KubernetesEntity(Group = "samples.example.com", ApiVersion = "v1", Kind = "Backup", PluralName = "backups")]
public sealed class Backup : IKubernetesObject<V1ObjectMeta>
{
    public string? ApiVersion { get; set; }
    public string? Kind { get; set; }
    public V1ObjectMeta Metadata { get; set; } = new();
    public BackupSpec? Spec { get; set; }
}
