using AdmissionSdk.Manifests;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine.Cluster;

/// <summary>Finds objects of the cluster by their labels, and tells which of them the code has.</summary>
internal static class LiveObjects
{
    /// <summary>Writes labels as the selector of a list request.</summary>
    public static string Selector(IReadOnlyDictionary<string, string> labels) => string.Join(',', labels.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>Finds the code's object of the same kind and name; null if the object left the code.</summary>
    public static IKubernetesObject<V1ObjectMeta>? FindCode(IEnumerable<IKubernetesObject<V1ObjectMeta>> code, IKubernetesObject<V1ObjectMeta> live) =>
        code.FirstOrDefault(item => item.GetType() == live.GetType() && item.Metadata.Name == live.Metadata.Name);

    /// <summary>Makes a difference of each object that left the code.</summary>
    public static IEnumerable<FieldDrift> FindLeft(IEnumerable<IKubernetesObject<V1ObjectMeta>> code, IEnumerable<IKubernetesObject<V1ObjectMeta>> live) =>
        from item in live
        where FindCode(code, item) is null
        select new FieldDrift($"{item.Kind}/{item.Metadata.Name}", "", null, "{}");
}
