using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Calls;

/// <summary>
/// The order in which the API server writes an object's members (contract 4.1): a Go struct begins with kind, apiVersion and metadata, a custom
/// resource is a map whose keys are sorted.
/// </summary>
internal static class ObjectOrder
{
    private static readonly string[] Root = ["kind", "apiVersion", "metadata"];

    private static readonly string[] Metadata =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    ];

    public static JsonObject? Arrange(JsonObject? json, bool typed)
    {
        if (json is null || !typed)
        {
            return Sort(json) as JsonObject;
        }

        var arranged = First(json, Root);
        if (arranged["metadata"] is JsonObject metadata)
        {
            arranged["metadata"] = First(metadata, Metadata);
        }

        return arranged;
    }

    private static JsonObject First(JsonObject json, string[] names)
    {
        var known = names.Where(json.ContainsKey);
        return new JsonObject(known.Concat(json.Select(member => member.Key).Except(names)).Select(name => KeyValuePair.Create(name, json[name]?.DeepClone())));
    }

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Sort(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
