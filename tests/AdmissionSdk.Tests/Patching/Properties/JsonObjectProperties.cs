using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Serialization;
using AdmissionSdk.Tests.Patching.Support;
using Xunit.Abstractions;

namespace AdmissionSdk.Tests.Patching.Properties;

/// <summary>The same properties for handlers that edit <see cref="JsonObject"/>, where every member is in view and nodes are told apart by reference.</summary>
/// <remarks>Covers <see cref="PatchSession"/>, <see cref="EditReplay"/>, <see cref="OriginFinder"/>, <see cref="JsonDiff"/>.</remarks>
public sealed class JsonObjectProperties(ITestOutputHelper output)
{
    private static readonly JsonTypeInfo<JsonObject> Info = (JsonTypeInfo<JsonObject>)ObjectJson.Default.GetTypeInfo(typeof(JsonObject));

    [Fact]
    public void Patch_AnyEdit_AppliesGivesTheEditedObjectAndKeepsBytes() => EditCase.ForAll(output, @case =>
    {
        var raw = Spell(@case.Of.WithUnknownFields(new Random(@case.Document)));
        var session = new PatchSession(raw, PatchLimits.Default);
        var view = session.Open(Info);
        var before = view.Graph.Where(node => node.Reference is JsonValue).ToDictionary(node => node.Reference, ReferenceEqualityComparer.Instance);
        foreach (var edit in @case.Edits)
        {
            JsonNodeEditor.Edit(view.Value, edit);
        }

        session.Commit(view, view.Value, explicitEdits: null);
        var patch = session.Finish();
        var text = Encoding.UTF8.GetString(patch.Json.Span);
        Assert.Equal(CompareTexts(raw, @case.Edits), text);
        EngineShare.Count("JsonObject", session.DirectEdits, patch.OperationCount);
        var patched = patch.OperationCount == 0 ? raw : JsonPatch.Parse(patch.Json.Span).Apply(raw);

        Assert.True(JsonNode.DeepEquals(view.Value, JsonNode.Parse(patched)), text);
        if (!PatchProperties.HasEmptySegment(text))
        {
            Assert.True(JsonNode.DeepEquals(view.Value, patch.OperationCount == 0 ? JsonNode.Parse(raw) : Oracle.Apply(raw, text)), text);
        }

        // Every value that is still the same node has the bytes it had.
        var (source, target) = (JsonTree.Parse(raw, 1000), JsonTree.Parse(session.Current, 1000));
        var old = Pointers(view.Graph);
        foreach (var (reference, pointer) in Pointers(ObjectGraph.Walk(view.Value, Info)))
        {
            if (before.ContainsKey(reference))
            {
                Assert.True(source.Text(Places.Find(source, old[reference])).SequenceEqual(target.Text(Places.Find(target, pointer))), $"{pointer} was rewritten: {text}");
            }
        }
    });

    private static string CompareTexts(byte[] raw, int[] edits)
    {
        var session = new PatchSession(raw, PatchLimits.Default) { ComparesTexts = true };
        var view = session.Open(Info);
        foreach (var edit in edits)
        {
            JsonNodeEditor.Edit(view.Value, edit);
        }

        session.Commit(view, view.Value, explicitEdits: null);
        return Encoding.UTF8.GetString(session.Finish().Json.Span);
    }

    // Spellings that JsonNode would not give back: the bytes must.
    private static byte[] Spell(byte[] json) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(json).Replace("\"a\"", "\"\\u0061\"", StringComparison.Ordinal).Replace(":1,", ":1.0,", StringComparison.Ordinal));

    private static Dictionary<object, string> Pointers(IReadOnlyList<GraphNode> graph)
    {
        var pointers = new string[graph.Count];
        var byReference = new Dictionary<object, string>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < graph.Count; i++)
        {
            var node = graph[i];
            pointers[i] = node.Parent < 0 ? "" : pointers[node.Parent] + "/" + (node.Name is { } name ? JsonPointer.Escape(name) : $"{node.Index}");
            byReference[node.Reference] = pointers[i];
        }

        return byReference;
    }
}
