using System.Globalization;
using System.Text.Json.Nodes;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Makes of a node the JSON that kubectl would send, or says that it is not certain.</summary>
internal sealed class YamlJson
{
    // Aliases can make a small file mean a giant one.
    private const int MostNodes = 1_000_000;

    private int _count;

    /// <summary>The JSON of a mapping.</summary>
    /// <exception cref="YamlReadException">It cannot be certain.</exception>
    public static JsonObject Of(YamlMapping mapping) => Of(mapping, out _);

    /// <summary>The JSON of a mapping, and how many nodes it has.</summary>
    /// <exception cref="YamlReadException">It cannot be certain.</exception>
    public static JsonObject Of(YamlMapping mapping, out int count)
    {
        var json = new YamlJson();
        var result = json.Object(mapping);
        count = json._count;
        return result;
    }

    /// <summary>The JSON of a scalar; null for nothing.</summary>
    /// <exception cref="YamlReadException">It cannot be certain.</exception>
    public static JsonNode? Of(YamlScalar scalar) => scalar.KubectlKind switch
    {
        YamlScalarKind.Null => null,
        YamlScalarKind.Boolean => JsonValue.Create(ScalarResolver.Boolean(scalar.Value)!.Value),
        YamlScalarKind.Number => JsonNode.Parse(ScalarResolver.Number(scalar.Value) ?? throw Uncertain(scalar, "JSON has no such number")),
        _ => JsonValue.Create(scalar.Text),
    };

    /// <summary>The keys of a mapping, those merged into it behind its own.</summary>
    public static IEnumerable<YamlEntry> Effective(YamlMapping mapping)
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
                    keys.Add(entry.Key.Value);
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

    private JsonNode? Node(YamlNode node) => node switch
    {
        YamlMapping mapping => Object(mapping),
        YamlSequence sequence => Array(sequence),
        _ => Count(node) ? Of((YamlScalar)node) : null,
    };

    private JsonObject Object(YamlMapping mapping)
    {
        Count(mapping);
        var result = new JsonObject();
        foreach (var entry in Effective(mapping))
        {
            result[Key(entry.Key)] = Node(entry.Value);
        }

        return result;
    }

    private JsonArray Array(YamlSequence sequence)
    {
        Count(sequence);
        return new JsonArray([.. sequence.Items.Select(Node)]);
    }

    private bool Count(YamlNode node) => ++_count <= MostNodes ? true : throw Uncertain(node, $"more than {MostNodes} nodes in one object");

    /// <summary>A key as JSON has it.</summary>
    public static string Key(YamlScalar key) => key.KubectlKind switch
    {
        YamlScalarKind.Boolean => ScalarResolver.Boolean(key.Value)!.Value ? "true" : "false",
        YamlScalarKind.Number when long.TryParse(ScalarResolver.Number(key.Value), CultureInfo.InvariantCulture, out var number) => number.ToString(CultureInfo.InvariantCulture),
        YamlScalarKind.Number or YamlScalarKind.Null => throw Uncertain(key, "a key that is no string; put it in quotes"),
        _ => key.Value,
    };

    private static YamlReadException Uncertain(YamlNode node, string message) => new(message, node.Line, node.Column);
}
