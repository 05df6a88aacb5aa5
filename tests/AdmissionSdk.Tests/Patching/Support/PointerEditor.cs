using System.Text.Json.Nodes;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Makes one random edit twice: by path, and by hand.</summary>
internal static class PointerEditor
{
    private static readonly string[] Names = ["a/b", "m~n", "new", "é\"", "spec"];

    public static void Edit(JsonObject byHand, PatchBuilder<JsonObject> patch, int seed)
    {
        var random = new Random(seed);
        (JsonNode Node, string Pointer)[] containers = [.. Containers(byHand, "")];
        var (target, pointer) = containers[random.Next(containers.Length)];
        try
        {
            EditAt(target, pointer, patch, random);
        }
        catch (ArgumentException exception) when (pointer.StartsWith("/metadata", StringComparison.Ordinal) && exception.Message.Contains("The API server would refuse", StringComparison.Ordinal))
        {
            // Refused before anything was edited, by either way.
        }
    }

    private static void EditAt(JsonNode target, string pointer, PatchBuilder<JsonObject> patch, Random random)
    {
        if (target is JsonObject json)
        {
            EditObject(json, pointer, patch, random);
        }
        else
        {
            EditArray(target.AsArray(), pointer, patch, random);
        }
    }

    private static void EditObject(JsonObject target, string pointer, PatchBuilder<JsonObject> patch, Random random)
    {
        string[] names = [.. target.Select(member => member.Key).Where(name => pointer.Length > 0 || name is not ("apiVersion" or "kind")), .. Names];
        var name = names[random.Next(names.Length)];
        var (at, value) = ($"{pointer}/{JsonPointer.Escape(name)}", random.Next(3));
        switch (random.Next(5))
        {
            case 0:
                patch.RemoveIfPresent(at);
                target.Remove(name);
                break;
            case 1 when target.ContainsKey(name):
                patch.Remove(at);
                target.Remove(name);
                break;
            case 2:
                patch.SetIfAbsent(at, value);
                target[name] ??= value;
                break;
            case 3 when !target.ContainsKey(name):
                // The parent is made.
                patch.Set($"{at}/inner", value);
                target[name] = new JsonObject { ["inner"] = value };
                break;
            default:
                patch.Set(at, value);
                target[name] = value;
                break;
        }
    }

    private static void EditArray(JsonArray target, string pointer, PatchBuilder<JsonObject> patch, Random random)
    {
        var index = target.Count == 0 ? 0 : random.Next(target.Count);
        var value = $"v{random.Next(3)}";
        switch (random.Next(4))
        {
            case 0 when target.Count > 0:
                patch.Remove($"{pointer}/{index}");
                target.RemoveAt(index);
                break;
            case 1 when target.Count > 0:
                patch.Set($"{pointer}/{index}", value);
                target[index] = value;
                break;
            case 2:
                patch.AppendIfAbsent(pointer, value);
                if (!target.Any(element => JsonNode.DeepEquals(element, value)))
                {
                    target.Add(value);
                }

                break;
            default:
                patch.Append(pointer, value);
                target.Add(value);
                break;
        }
    }

    private static IEnumerable<(JsonNode Node, string Pointer)> Containers(JsonNode node, string pointer)
    {
        yield return (node, pointer);
        IEnumerable<(JsonNode? Node, string Name)> children = node is JsonObject json
            ? json.Select(member => (member.Value, JsonPointer.Escape(member.Key)))
            : node.AsArray().Select((element, i) => (element, $"{i}"));
        foreach (var (child, name) in children)
        {
            if (child is JsonObject or JsonArray)
            {
                foreach (var container in Containers(child, $"{pointer}/{name}"))
                {
                    yield return container;
                }
            }
        }
    }
}
