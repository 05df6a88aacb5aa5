using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Patching.Replay;

/// <summary>Walks a typed view through its JSON metadata and lists every object with its place, parents first; without reflection, for NativeAOT.</summary>
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
        graph.Visit(new GraphNode { Reference = root, Parent = -1, TypeInfo = typeInfo });
        return graph._nodes;
    }

    private void Visit(in GraphNode node)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var self = _nodes.Count;
        _nodes.Add(node);
        switch (node.Reference)
        {
            case JsonObject json:
                VisitJson(json, self);
                return;
            case JsonArray json:
                VisitJson(json, self);
                return;
        }

        if (node.TypeInfo is not { } typeInfo)
        {
            return;
        }

        var value = node.Reference;
        if (typeInfo.PolymorphismOptions is not null && value.GetType() != typeInfo.Type)
        {
            typeInfo = _options.GetTypeInfo(value.GetType());
        }

        switch (typeInfo.Kind)
        {
            case JsonTypeInfoKind.Object:
                VisitMembers(value, typeInfo, self);
                break;
            case JsonTypeInfoKind.Enumerable when value is IEnumerable items && FindElementInfo(typeInfo) is { } elementInfo:
                var position = 0;
                foreach (var item in items)
                {
                    if (item is not null)
                    {
                        Visit(new GraphNode { Reference = item, Parent = self, Index = position, TypeInfo = elementInfo });
                    }

                    position++;
                }

                break;
            case JsonTypeInfoKind.Dictionary when value is IDictionary entries && FindElementInfo(typeInfo) is { } valueInfo:
                foreach (DictionaryEntry entry in entries)
                {
                    if (entry is { Key: string key, Value: { } entryValue })
                    {
                        Visit(new GraphNode { Reference = entryValue, Parent = self, Name = key, TypeInfo = valueInfo });
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

            var node = new GraphNode { Reference = child, Parent = self, Name = member.Name, Key = member.Key, TypeInfo = member.TypeInfo };
            if (member.TypeInfo is null)
            {
                _nodes.Add(node);
            }
            else
            {
                Visit(node);
            }
        }
    }

    private void VisitJson(JsonObject json, int self)
    {
        foreach (var (key, node) in json)
        {
            if (node is not null)
            {
                Visit(new GraphNode { Reference = node, Parent = self, Name = key });
            }
        }
    }

    private void VisitJson(JsonArray json, int self)
    {
        for (var index = 0; index < json.Count; index++)
        {
            if (json[index] is { } node)
            {
                Visit(new GraphNode { Reference = node, Parent = self, Index = index });
            }
        }
    }

    private JsonTypeInfo? FindElementInfo(JsonTypeInfo typeInfo) =>
        typeInfo.ElementType is { } elementType && ModelShape.HasIdentity(elementType) ? _options.GetTypeInfo(elementType) : null;
}
