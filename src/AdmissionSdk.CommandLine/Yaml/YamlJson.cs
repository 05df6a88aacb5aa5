using System.Text.Json.Nodes;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Converts a node into the JSON that kubectl would send, or refuses a node that is not certain.</summary>
internal sealed class YamlJson
{
    // Aliases can make a giant object of a small file.
    private const int MostNodes = 1_000_000;
    private const string NotText = "a key is not a string; put the key in quotes";

    private int _count;

    /// <summary>Converts a mapping.</summary>
    /// <exception cref="YamlReadException">The JSON is not certain.</exception>
    public static JsonObject Convert(YamlMapping mapping) => Convert(mapping, out _);

    /// <summary>Converts a mapping, and counts the nodes of its JSON.</summary>
    /// <exception cref="YamlReadException">The JSON is not certain.</exception>
    public static JsonObject Convert(YamlMapping mapping, out int count)
    {
        var json = new YamlJson();
        var result = json.ConvertObject(mapping);
        count = json._count;
        return result;
    }

    /// <summary>Converts a scalar; null for the null of YAML.</summary>
    /// <exception cref="YamlReadException">The JSON is not certain.</exception>
    public static JsonNode? Convert(YamlScalar scalar) => scalar.KubectlKind switch
    {
        YamlScalarKind.Null => null,
        YamlScalarKind.Boolean => JsonValue.Create(ScalarResolver.Boolean(scalar.Value)!.Value),
        YamlScalarKind.Number => JsonNode.Parse(ScalarResolver.Number(scalar.Value) ?? throw Refuse(scalar, "JSON has no such number")),
        YamlScalarKind.Tagged => ScalarResolver.TryResolve(scalar.Tag, scalar.Value, out var value) ? value
            : throw Refuse(scalar, $"\"{scalar.Value}\" has the tag {scalar.Tag}, and kubectl reads no such value from it; write the value itself"),
        _ => JsonValue.Create(scalar.Value),
    };

    /// <summary>Gets the entries of a mapping with merges: its own, then those that are merged into the mapping.</summary>
    public static IEnumerable<YamlEntry> GetMerged(YamlMapping mapping)
    {
        HashSet<string> seen = [];
        Queue<YamlMapping> open = new([mapping]);
        List<string> keys = [];
        while (open.TryDequeue(out var next))
        {
            foreach (var entry in next.Entries)
            {
                if (!entry.IsMerge)
                {
                    keys.Add(entry.Name);
                    continue;
                }

                foreach (var merged in (entry.Value is YamlSequence sequence ? sequence.Items : [entry.Value]).OfType<YamlMapping>())
                {
                    open.Enqueue(merged);
                }
            }
        }

        return keys.Where(seen.Add).Select(key => mapping.FindEntry(key)!);
    }

    private JsonNode? ConvertNode(YamlNode node) => node switch
    {
        YamlMapping mapping => ConvertObject(mapping),
        YamlSequence sequence => ConvertArray(sequence),
        _ => Count(node) ? Convert((YamlScalar)node) : null,
    };

    private JsonObject ConvertObject(YamlMapping mapping)
    {
        Count(mapping);
        var result = new JsonObject();
        foreach (var entry in mapping.EffectiveEntries)
        {
            result[entry.Name] = ConvertNode(entry.Value);
        }

        return result;
    }

    private JsonArray ConvertArray(YamlSequence sequence)
    {
        Count(sequence);
        return new JsonArray([.. sequence.Items.Select(ConvertNode)]);
    }

    private bool Count(YamlNode node) => ++_count <= MostNodes ? true : throw Refuse(node, $"more than {MostNodes} nodes in one object");

    /// <summary>Converts a key.</summary>
    /// <exception cref="YamlReadException">The key is not a string for Kubernetes.</exception>
    public static string ConvertKey(YamlScalar key) => key.KubectlKind switch
    {
        YamlScalarKind.Boolean => ScalarResolver.Boolean(key.Value)!.Value ? "true" : "false",
        YamlScalarKind.Number => ScalarResolver.NumberKey(key.Value) ?? throw Refuse(key, NotText),
        YamlScalarKind.Null => throw Refuse(key, NotText),
        YamlScalarKind.Tagged => throw Refuse(key, $"a key with the tag {key.Tag}; write the key itself"),
        _ => key.Value,
    };

    private static YamlReadException Refuse(YamlNode node, string message) => new(message, node.Line, node.Column);
}
