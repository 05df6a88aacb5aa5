using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The finalizers by which a propagation policy reaches the garbage collector, which removes the finalizers and so the object.</summary>
internal static class DeletionFinalizers
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    /// <summary>Adds or removes the finalizers of the policy; without a policy keeps the present finalizers.</summary>
    /// <returns>True if the object's finalizers changed.</returns>
    public static bool Set(JsonObject stored, ResourceInfo resource, string? policy)
    {
        if (resource.Kind == "Event")
        {
            return false;
        }

        var before = (stored.Metadata()?["finalizers"] as JsonArray ?? []).Select(item => item?.GetValue<string>() ?? "").ToList();
        var wanted = policy switch
        {
            "Orphan" => Orphan,
            "Foreground" => Foreground,
            "Background" => null,
            _ => before.Find(name => name is Orphan or Foreground) ?? (resource is { Group: "", Plural: "replicationcontrollers" } ? Orphan : null),
        };
        var after = before.Where(name => name is not (Orphan or Foreground)).Concat(wanted is null ? [] : [wanted]).ToList();
        if (before.ToHashSet().SetEquals(after))
        {
            return false;
        }

        stored.EnsureMetadata()["finalizers"] = new JsonArray([.. after.Select(name => (JsonNode)name)]);
        return true;
    }
}
