using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Fields;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Walks a typed view through its JSON metadata and lists every object in it with its place, parents first. No reflection of its own, so it works under NativeAOT.</summary>
internal sealed class ObjectGraph
{
    private readonly JsonSerializerOptions _options;
    private readonly List<GraphNode> _nodes;

    private ObjectGraph(JsonSerializerOptions options, int expectedNodes)
    {
        _options = options;
        _nodes = new List<GraphNode>(expectedNodes);
    }

    public static IReadOnlyList<GraphNode> Walk(object root, JsonTypeInfo typeInfo, int expectedNodes = 64)
    {
        var graph = new ObjectGraph(typeInfo.Options, expectedNodes);
        graph.Visit(root, typeInfo, parent: -1, name: null, index: 0, elementKey: null);
        return graph._nodes;
    }

    private void Visit(object value, JsonTypeInfo typeInfo, int parent, string? name, int index, ElementKey? elementKey)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var self = _nodes.Count;
        _nodes.Add(new GraphNode(value, parent, name, index, elementKey, typeInfo));
        switch (value)
        {
            case JsonObject json:
                VisitJson(json, self);
                return;
            case JsonArray json:
                VisitJson(json, self);
                return;
        }

        if (typeInfo.PolymorphismOptions is not null && value.GetType() != typeInfo.Type)
        {
            typeInfo = _options.GetTypeInfo(value.GetType());
        }

        switch (typeInfo.Kind)
        {
            case JsonTypeInfoKind.Object:
                VisitMembers(value, typeInfo, self);
                break;
            case JsonTypeInfoKind.Enumerable when value is IEnumerable items && ElementInfo(typeInfo) is { } elementInfo:
                var position = 0;
                foreach (var item in items)
                {
                    if (item is not null)
                    {
                        Visit(item, elementInfo, self, name: null, position, elementKey: null);
                    }

                    position++;
                }

                break;
            case JsonTypeInfoKind.Dictionary when value is IDictionary entries && ElementInfo(typeInfo) is { } valueInfo:
                foreach (DictionaryEntry entry in entries)
                {
                    if (entry is { Key: string key, Value: { } entryValue })
                    {
                        Visit(entryValue, valueInfo, self, key, index: 0, elementKey: null);
                    }
                }

                break;
        }
    }

    private void VisitMembers(object value, JsonTypeInfo typeInfo, int self)
    {
        foreach (var member in ModelShape.Of(typeInfo).Members)
        {
            if (member.Get(value) is not { } child)
            {
                continue;
            }

            if (member.TypeInfo is { } memberInfo)
            {
                Visit(child, memberInfo, self, member.Name, index: 0, member.Key);
            }
            else
            {
                _nodes.Add(new GraphNode(child, self, member.Name, Index: 0, Key: null, TypeInfo: null));
            }
        }
    }

    private void VisitJson(JsonObject json, int self)
    {
        foreach (var (key, node) in json)
        {
            if (node is not null)
            {
                VisitJsonNode(node, self, key, index: 0);
            }
        }
    }

    private void VisitJson(JsonArray json, int self)
    {
        for (var index = 0; index < json.Count; index++)
        {
            if (json[index] is { } node)
            {
                VisitJsonNode(node, self, name: null, index);
            }
        }
    }

    private void VisitJsonNode(JsonNode node, int parent, string? name, int index)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var self = _nodes.Count;
        _nodes.Add(new GraphNode(node, parent, name, index, Key: null, TypeInfo: null));
        if (node is JsonObject json)
        {
            VisitJson(json, self);
        }
        else if (node is JsonArray array)
        {
            VisitJson(array, self);
        }
    }

    private JsonTypeInfo? ElementInfo(JsonTypeInfo typeInfo) =>
        typeInfo.ElementType is { } elementType && ModelShape.HasIdentity(elementType) ? _options.GetTypeInfo(elementType) : null;
}
