using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Patching;

/// <summary>A typed view of a document, with what shows later how it was edited.</summary>
internal sealed class ObjectView<T>(T value, JsonTypeInfo<T> typeInfo, byte[] before, IReadOnlyList<GraphNode> graph)
    where T : class
{
    /// <summary>The view, to be edited.</summary>
    public T Value { get; } = value;

    public JsonTypeInfo<T> TypeInfo { get; } = typeInfo;

    /// <summary>The view before the edit, as JSON.</summary>
    public byte[] Before { get; } = before;

    /// <summary>Every object in the view before the edit, with its place.</summary>
    public IReadOnlyList<GraphNode> Graph { get; } = graph;
}
