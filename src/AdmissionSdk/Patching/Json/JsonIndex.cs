using System.Buffers;

namespace AdmissionSdk.Patching.Json;

/// <summary>The ends of all objects and lists of a text that is known to be JSON, found in one pass, so that nobody who looks for a member reads what lies before it.</summary>
internal sealed class JsonIndex
{
    // A guess, from objects of the API server.
    private const int BytesPerContainer = 56;

    private readonly int[] _starts;
    private readonly int[] _ends;
    private readonly int _count;

    private JsonIndex(int[] starts, int[] ends, int count) => (_starts, _ends, _count) = (starts, ends, count);

    public static JsonIndex Create(ReadOnlySpan<byte> json)
    {
        var (starts, ends) = (new int[(json.Length / BytesPerContainer) + 8], new int[(json.Length / BytesPerContainer) + 8]);
        var open = ArrayPool<int>.Shared.Rent(64);
        var (count, depth, at) = (0, 0, 0);
        while (JsonScan.FindStructure(json, at) is >= 0 and var found)
        {
            at = found + 1;
            switch (json[found])
            {
                case (byte)'"':
                    at = JsonScan.FindStringEnd(json, found);
                    break;
                case (byte)'{' or (byte)'[':
                    if (count == starts.Length)
                    {
                        Array.Resize(ref starts, count * 2);
                        Array.Resize(ref ends, count * 2);
                    }

                    if (depth == open.Length)
                    {
                        var larger = ArrayPool<int>.Shared.Rent(depth * 2);
                        open.CopyTo(larger, 0);
                        ArrayPool<int>.Shared.Return(open);
                        open = larger;
                    }

                    open[depth++] = count;
                    starts[count++] = found;
                    break;
                default:
                    ends[open[--depth]] = at;
                    break;
            }
        }

        ArrayPool<int>.Shared.Return(open);
        return new JsonIndex(starts, ends, count);
    }

    /// <summary>The end of the object or list that starts at <paramref name="start"/>.</summary>
    public int FindEnd(int start) => _ends[Array.BinarySearch(_starts, 0, _count, start)];
}
