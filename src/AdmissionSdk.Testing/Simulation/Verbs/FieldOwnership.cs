using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The part of managedFields that decides whether a patch counts as a change (contract 14.4).</summary>
internal static class FieldOwnership
{
    private static readonly HashSet<string> NotOwned = new(StringComparer.Ordinal)
    {
        "name", "namespace", "uid", "selfLink", "creationTimestamp", "generation", "resourceVersion", "managedFields",
    };

    /// <summary>Tells whether the update sets or adds a field, and so gets an entry with the present time. A mere removal gets no entry.</summary>
    public static bool Takes(JsonObject json, JsonObject old) =>
        json.Any(member => member.Key is not ("apiVersion" or "kind") && (member.Key == "metadata" ? MetadataTakes(member.Value as JsonObject ?? [], old.Metadata() ?? []) : Takes(member.Value, old[member.Key])));

    private static bool MetadataTakes(JsonObject metadata, JsonObject old) =>
        metadata.Any(member => !NotOwned.Contains(member.Key) && Takes(member.Value, old[member.Key]));

    private static bool Takes(JsonNode? node, JsonNode? old) => (node, old) switch
    {
        (null, _) => false,
        (JsonObject members, JsonObject others) => members.Any(member => Takes(member.Value, others[member.Key])),
        (JsonArray items, JsonArray others) => items.Any(item => !others.Any(other => SemanticEquality.AreEqual(item, other, typed: true))),
        (JsonObject { Count: 0 } or JsonArray { Count: 0 }, null) => false,
        _ => !SemanticEquality.AreEqual(node, old, typed: true),
    };
}
