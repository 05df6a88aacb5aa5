using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>Removes unknown and empty metadata of a custom resource, as decoding to a Go struct does.</summary>
internal static class CustomMetadata
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    };

    /// <returns>The paths of the unknown fields that were removed.</returns>
    public static List<string> Coerce(JsonObject json)
    {
        if (json.Metadata() is not { } metadata)
        {
            return [];
        }

        var unknown = metadata.Select(member => member.Key).Where(name => !Known.Contains(name)).Order(StringComparer.Ordinal).ToList();
        foreach (var name in unknown)
        {
            metadata.Remove(name);
        }

        foreach (var name in metadata.Where(member => member.Value is null or JsonObject { Count: 0 } or JsonArray { Count: 0 }).Select(member => member.Key).ToList())
        {
            metadata.Remove(name);
        }

        return unknown.ConvertAll(name => $"metadata.{name}");
    }
}
