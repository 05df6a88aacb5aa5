using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Adds the secrets that rewritten images need.</summary>
internal static class PullSecrets
{
    public static void Add(V1PodSpec? spec, IEnumerable<string> names)
    {
        if (spec is null)
        {
            return;
        }

        var known = (spec.ImagePullSecrets ?? []).Select(secret => secret?.Name ?? "").ToHashSet(StringComparer.Ordinal);
        List<string> missing = [.. names.Where(known.Add)];
        if (missing.Count > 0)
        {
            spec.ImagePullSecrets = [.. spec.ImagePullSecrets ?? [], .. missing.Select(name => new V1LocalObjectReference { Name = name })];
        }
    }
}
