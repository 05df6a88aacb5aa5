using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>The places of the objects of a view in a document.</summary>
internal static class Places
{
    public const string UnknownName = "x-unknown";

    public static JsonSerializerOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Each object of a view with its JSON Pointer, and whether it is one with members (not a list, a map or a value).</summary>
    public static IEnumerable<(object Reference, string Pointer, bool IsObject)> Of(IReadOnlyList<GraphNode> graph)
    {
        var pointers = new string[graph.Count];
        for (var i = 0; i < graph.Count; i++)
        {
            var node = graph[i];
            pointers[i] = node.Parent < 0 ? "" : pointers[node.Parent] + "/" + (node.Name is { } name ? JsonPointer.Escape(name) : $"{node.Index}");
            var info = ObjectJson.Default.GetTypeInfo(node.Reference.GetType());
            yield return (node.Reference, pointers[i], info.Kind == JsonTypeInfoKind.Object);
        }
    }

    public static JsonNode? Find(JsonNode? document, string pointer)
    {
        foreach (var segment in JsonPointer.TryParse(pointer)!)
        {
            document = document switch
            {
                JsonObject json => json[segment],
                JsonArray json => int.Parse(segment, System.Globalization.CultureInfo.InvariantCulture) is var index && index < json.Count ? json[index] : null,
                _ => null,
            };
        }

        return document;
    }

    public static int Find(JsonTree tree, string pointer)
    {
        var node = JsonTree.Root;
        foreach (var segment in JsonPointer.TryParse(pointer)!)
        {
            if (node == JsonTree.None)
            {
                return node;
            }

            if (tree.IsArray(node))
            {
                var (index, found) = (JsonPointer.TryIndex(segment), JsonTree.None);
                foreach (var child in tree.Children(node))
                {
                    if (index-- == 0)
                    {
                        found = child;
                    }
                }

                node = found;
            }
            else
            {
                node = tree.Find(node, segment);
            }
        }

        return node;
    }
}
