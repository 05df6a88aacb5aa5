using System.Buffers;
using AdmissionSdk.Memory;

namespace AdmissionSdk.Patching.Json;

/// <summary>
/// The outline of a JSON text, made in one pass that checks the text too: where each object and list ends, so that nobody who looks for a member reads what
/// lies before it, and how much there is of what costs memory.
/// </summary>
/// <remarks>Disposed by the owner of the text; an index whose text nobody owns need not be.</remarks>
internal sealed class JsonIndex : IDisposable
{
    private readonly int _count;
    private readonly int _offset;
    private int[] _starts;
    private int[] _ends;

    internal JsonIndex(int[] starts, int[] ends, int count, int offset = 0) => (_starts, _ends, _count, _offset) = (starts, ends, count, offset);

    /// <summary>The number of objects and lists.</summary>
    public int Containers => _count;

    /// <summary>The number of values of any kind, the members' names not counted.</summary>
    public int Values { get; init; }

    /// <summary>The deepest nesting: 0 for a plain value, 1 for an empty object or list.</summary>
    public int Depth { get; init; }

    /// <summary>The memory of the review that the text belongs to; null where nobody counts.</summary>
    public IReviewMemory? Memory { get; set; }

    /// <summary>Outlines a text that is known to be JSON.</summary>
    public static JsonIndex Create(ReadOnlySpan<byte> json) =>
        TryCreate(json, int.MaxValue) ?? throw new ArgumentException("The text is not JSON.", nameof(json));

    /// <summary>Checks and outlines a text; null if it is not JSON, or nested deeper than <paramref name="maxDepth"/>. UTF-8 is for the caller to check.</summary>
    public static JsonIndex? TryCreate(ReadOnlySpan<byte> json, int maxDepth) => new JsonIndexer(json, maxDepth).TryRead();

    /// <summary>The same index for the part of the text from a place on.</summary>
    public JsonIndex From(int place) => new(_starts, _ends, _count, _offset + place) { Memory = Memory };

    /// <summary>The end of the object or list that starts at <paramref name="start"/>.</summary>
    public int FindEnd(int start) => _ends[Array.BinarySearch(_starts, 0, _count, start + _offset)] - _offset;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _starts, []) is { Length: > 0 } starts)
        {
            ArrayPool<int>.Shared.Return(starts);
            ArrayPool<int>.Shared.Return(Interlocked.Exchange(ref _ends, []));
        }
    }
}
