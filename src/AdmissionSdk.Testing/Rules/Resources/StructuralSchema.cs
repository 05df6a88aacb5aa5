using System.Text.Json;
using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>Sets defaults in a custom resource, and prunes the object, by the schema (contract 13.2, 13.3).</summary>
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

    /// <summary>Removes fields that the schema does not know. The root keeps apiVersion, kind and metadata, which are the server's own.</summary>
    /// <returns>The paths of what was removed.</returns>
    public static IReadOnlyList<string> Prune(JsonObject root, JsonObject? schema) => schema is null ? [] : SchemaPruning.Run(root, schema);

    /// <summary>Removes nulls that the schema does not allow and that no default replaces.</summary>
    public static void PruneNulls(JsonNode? node, JsonObject? schema)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    var known = (schema?["properties"] as JsonObject)?[name] as JsonObject ?? schema?["additionalProperties"] as JsonObject;
                    if (value is null && known is not null && !IsTrue(known, "nullable") && known["default"] is null)
                    {
                        members.Remove(name);
                    }
                    else
                    {
                        PruneNulls(value, known);
                    }
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    PruneNulls(item, schema?["items"] as JsonObject);
                }

                break;
        }
    }

    public static bool IsTrue(JsonObject? schema, string name) =>
        schema?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

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
}
