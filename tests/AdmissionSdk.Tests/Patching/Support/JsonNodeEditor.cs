using System.Text.Json.Nodes;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Makes one random edit somewhere in a JSON object.</summary>
internal static class JsonNodeEditor
{
    private static readonly string[] Keys = ["a", "a/b", "m~n", "", "é", "spec"];

    public static void Edit(JsonObject root, int seed)
    {
        var random = new Random(seed);
        JsonNode[] containers = [.. Containers(root)];
        var target = containers[random.Next(containers.Length)];
        if (target is JsonObject json)
        {
            EditObject(json, random);
        }
        else
        {
            EditArray(target.AsArray(), random);
        }
    }

    private static void EditObject(JsonObject target, Random random)
    {
        // Members that no patch may change stay.
        string[] names = [.. target.Select(member => member.Key).Where(name => target.Parent is not null || name is not ("apiVersion" or "kind"))];
        var existing = names.Length == 0 ? null : names[random.Next(names.Length)];
        switch (random.Next(4))
        {
            case 0 when existing is not null:
                target.Remove(existing);
                break;
            case 1 when existing is not null:
                target[existing] = Value(random);
                break;
            case 2 when existing is not null && target[existing] is { } node:
                // Renamed: the same node under another key.
                target.Remove(existing);
                target[Keys[random.Next(Keys.Length)]] = node;
                break;
            default:
                target[Keys[random.Next(Keys.Length)]] = Value(random);
                break;
        }
    }

    private static void EditArray(JsonArray target, Random random)
    {
        var from = target.Count == 0 ? 0 : random.Next(target.Count);
        switch (random.Next(4))
        {
            case 0 when target.Count > 0:
                target.RemoveAt(from);
                break;
            case 1 when target.Count > 1:
                var moved = target[from];
                target.RemoveAt(from);
                target.Insert(random.Next(target.Count + 1), moved);
                break;
            case 2 when target.Count > 0:
                target[from] = target[from]?.DeepClone();
                break;
            default:
                target.Insert(random.Next(target.Count + 1), Value(random));
                break;
        }
    }

    private static JsonNode? Value(Random random) => random.Next(5) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(3)),
        2 => JsonValue.Create("x<é\"" + random.Next(3)),
        3 => new JsonArray(1, "a"),
        _ => new JsonObject { ["a"] = random.Next(3) },
    };

    private static IEnumerable<JsonNode> Containers(JsonNode node)
    {
        yield return node;
        IEnumerable<JsonNode?> children = node is JsonObject json ? json.Select(member => member.Value) : node.AsArray();
        foreach (var child in children)
        {
            if (child is JsonObject or JsonArray)
            {
                foreach (var container in Containers(child))
                {
                    yield return container;
                }
            }
        }
    }
}
