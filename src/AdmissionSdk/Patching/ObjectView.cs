using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Direct;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Reading;
using AdmissionSdk.Patching.Replay;

namespace AdmissionSdk.Patching;

/// <summary>A typed view of a document, with what shows later how it was edited: a snapshot if the view is exact, else the view's text and graph.</summary>
internal sealed class ObjectView<T> : IDisposable
    where T : class
{
    private readonly ReadOnlyMemory<byte> _document;
    private byte[]? _before;
    private IReadOnlyList<GraphNode>? _graph;

    private ObjectView(T value, JsonTypeInfo<T> typeInfo, ReadOnlyMemory<byte> document)
    {
        Value = value;
        TypeInfo = typeInfo;
        _document = document;
        Plan = ModelPlan.Of(typeInfo);
        if (Plan.IsExact)
        {
            Snapshot = ModelSnapshot.Take(value, Plan, document.Length / BytesPerValue);
        }
        else
        {
            _before = JsonSerializer.SerializeToUtf8Bytes(value, typeInfo);
            _graph = ObjectGraph.Walk(value, typeInfo, _before.Length / BytesPerObject);
        }
    }

    // Guesses, for the size of lists.
    private const int BytesPerObject = 48;
    private const int BytesPerValue = 14;

    /// <summary>The view, to be edited.</summary>
    public T Value { get; }

    public JsonTypeInfo<T> TypeInfo { get; }

    public ModelPlan Plan { get; }

    /// <summary>The view before the edit; null if the view is not exact.</summary>
    public ModelSnapshot? Snapshot { get; }

    /// <summary>The view before the edit, as JSON. An exact view is read from the document again: nearly no edit needs the text.</summary>
    public byte[] Before => _before ??= JsonSerializer.SerializeToUtf8Bytes(Read(_document, TypeInfo, index: null), TypeInfo);

    /// <summary>Every object in the view before the edit, with its place.</summary>
    public IReadOnlyList<GraphNode> Graph => _graph ??= SnapshotGraph.Of(Snapshot!, Plan);

    /// <summary>Opens a view. Throws whatever its converters throw.</summary>
    public static ObjectView<T> Open(ReadOnlyMemory<byte> document, JsonTypeInfo<T> typeInfo, JsonIndex? index) =>
        new(Read(document, typeInfo, index), typeInfo, document);

    public void Dispose() => Snapshot?.Dispose();

    private static T Read(ReadOnlyMemory<byte> document, JsonTypeInfo<T> typeInfo, JsonIndex? index) =>
        ObjectReader.Read(document.Span, typeInfo, index) ?? throw new JsonException($"The document is null; expected {typeof(T).Name}.");
}
