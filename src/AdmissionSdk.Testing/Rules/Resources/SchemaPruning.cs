using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Rules.Resources;

/// <summary>Removes fields that a custom resource's schema does not know, and notes their paths.</summary>
internal sealed class SchemaPruning
{
    private readonly List<string> _removed = [];

    /// <returns>The paths of what was removed, in order.</returns>
    public static IReadOnlyList<string> Run(JsonObject root, JsonObject schema)
    {
        var run = new SchemaPruning();
        run.PruneMembers(root, schema, "", isObject: true);
        run._removed.Sort(StringComparer.Ordinal);
        return run._removed;
    }

    private void Prune(JsonNode? node, JsonObject? schema, string path)
    {
        switch (node)
        {
            case JsonObject members:
                PruneMembers(members, schema, path, isObject: StructuralSchema.IsTrue(schema, "x-kubernetes-embedded-resource"));
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    Prune(items[i], schema?["items"] as JsonObject, $"{path}[{i}]");
                }

                break;
        }
    }

    /// <param name="members">The members.</param>
    /// <param name="schema">The schema of the members; null removes all members.</param>
    /// <param name="path">The path of the members.</param>
    /// <param name="isObject">True if apiVersion, kind and metadata are the server's own.</param>
    private void PruneMembers(JsonObject members, JsonObject? schema, string path, bool isObject)
    {
        var properties = schema?["properties"] as JsonObject;
        var keepsUnknown = StructuralSchema.IsTrue(schema, "x-kubernetes-preserve-unknown-fields");
        foreach (var name in members.Select(member => member.Key).ToList())
        {
            if (isObject && name is ("apiVersion" or "kind" or "metadata"))
            {
                continue;
            }

            var inner = path.Length == 0 ? name : $"{path}.{name}";
            if (properties?[name] is JsonObject known)
            {
                Prune(members[name], known, inner);
            }
            else if (schema?["additionalProperties"] is { } additional)
            {
                Prune(members[name], additional as JsonObject, inner);
            }
            else if (!keepsUnknown)
            {
                members.Remove(name);
                _removed.Add(inner);
            }
        }
    }
}
