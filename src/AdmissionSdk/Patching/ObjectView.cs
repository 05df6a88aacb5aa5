using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Patching;

/// <summary>A typed view of a document, and what is needed to see later what was edited in it.</summary>
internal sealed class ObjectView<T>
    where T : class
{
    internal ObjectView(T value, JsonTypeInfo<T> typeInfo, byte[] before, IReadOnlyList<GraphNode> graph)
    {
        Value = value;
        TypeInfo = typeInfo;
        Before = before;
        Graph = graph;
    }

    /// <summary>The view, to be edited.</summary>
    public T Value { get; }

    /// <summary>How it is read and written.</summary>
    internal JsonTypeInfo<T> TypeInfo { get; }

    /// <summary>The view as it was, written.</summary>
    internal byte[] Before { get; }

    /// <summary>Every object in the view as it was, with its place.</summary>
    internal IReadOnlyList<GraphNode> Graph { get; }
}
