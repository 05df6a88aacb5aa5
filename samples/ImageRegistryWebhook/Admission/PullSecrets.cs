using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Adds the secrets that rewritten images need.</summary>
internal static class PullSecrets
{
    public static void Add(V1PodSpec? spec, IEnumerable<string> names)
    {
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (spec is not null && spec.ImagePullSecrets?.Any(secret => secret?.Name == name) != true)
            {
                spec.ImagePullSecrets = [.. spec.ImagePullSecrets ?? [], new V1LocalObjectReference { Name = name }];
            }
        }
    }
}
