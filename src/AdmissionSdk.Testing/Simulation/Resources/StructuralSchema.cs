using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Resources;

/// <summary>Defaults and pruning of a custom resource by its schema (contract 13.2, 13.3).</summary>
internal static class StructuralSchema
{
    public static void Default(JsonNode? node, JsonObject? schema)
    {
        if (schema is null)
        {
            return;
        }
        if (node is JsonArray items && schema["items"] is JsonObject itemSchema)
        {
            foreach (var item in items)
            {
                Default(item, itemSchema);
            }
        }
        else if (node is JsonObject members)
        {
            DefaultMembers(members, schema);
        }
    }

    /// <summary>Removes what the schema does not know; apiVersion, kind and metadata of the root are the server's own.</summary>
    public static void Prune(JsonObject root, JsonObject? schema)
    {
        if (schema is not null)
        {
            PruneMembers(root, schema, isRoot: true);
        }
    }

    private static void DefaultMembers(JsonObject members, JsonObject schema)
    {
        foreach (var (name, property) in (schema["properties"] as JsonObject ?? []).Where(property => property.Value is JsonObject))
        {
            var propertySchema = property!.AsObject();
            var isNullToReplace = members.TryGetPropertyValue(name, out var value) && value is null && !IsTrue(propertySchema, "nullable");
            if (propertySchema.TryGetPropertyValue("default", out var defaultValue) && (!members.ContainsKey(name) || isNullToReplace))
            {
                members[name] = defaultValue?.DeepClone();
            }
            Default(members[name], propertySchema);
        }
        if (schema["additionalProperties"] is JsonObject valueSchema)
        {
            foreach (var (_, value) in members)
            {
                Default(value, valueSchema);
            }
        }
    }

    private static void Prune(JsonNode? node, JsonObject schema)
    {
        if (node is JsonArray items && schema["items"] is JsonObject itemSchema)
        {
            foreach (var item in items)
            {
                Prune(item, itemSchema);
            }
        }
        else if (node is JsonObject members)
        {
            PruneMembers(members, schema, isRoot: false);
        }
    }

    private static void PruneMembers(JsonObject members, JsonObject schema, bool isRoot)
    {
        var properties = schema["properties"] as JsonObject;
        var additional = schema["additionalProperties"] as JsonObject;
        var keepsUnknown = IsTrue(schema, "x-kubernetes-preserve-unknown-fields") || IsTrue(schema, "additionalProperties");
        foreach (var name in members.Select(member => member.Key).ToList())
        {
            if (isRoot && name is ("apiVersion" or "kind" or "metadata"))
            {
                continue;
            }
            if ((properties?[name] as JsonObject ?? additional) is { } known)
            {
                Prune(members[name], known);
            }
            else if (!keepsUnknown)
            {
                members.Remove(name);
            }
        }
    }

    private static bool IsTrue(JsonObject schema, string name)
        => schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;
}
