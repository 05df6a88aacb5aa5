using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Diff;

/// <summary>Writes a JSON Patch, operation by operation, and takes back the last ones. Values keep the spelling of the result.</summary>
internal sealed class PatchWriter
{
    private byte[] _buffer = new byte[256];

    /// <summary>The number of operations.</summary>
    public int Count { get; private set; }

    /// <summary>The operations' bytes.</summary>
    public int Length { get; private set; }

    /// <summary>The last path written to, for errors.</summary>
    public JsonPointer LastPath { get; private set; } = JsonPointer.Root;

    public void Add(JsonPointer path, ReadOnlySpan<byte> value) => Write("add"u8, path, value);

    public void Replace(JsonPointer path, ReadOnlySpan<byte> value) => Write("replace"u8, path, value);

    public void Remove(JsonPointer path) => Write("remove"u8, path, default);

    /// <summary>Takes back all but the first <paramref name="count"/> operations, which take <paramref name="length"/> bytes.</summary>
    public void TakeBack(int count, int length) => (Count, Length) = (count, length);

    public PatchResult Finish()
    {
        if (Count == 0)
        {
            return default;
        }

        Append("]"u8);
        return new PatchResult(_buffer.AsMemory(0, Length), Count);
    }

    private void Write(ReadOnlySpan<byte> operation, JsonPointer path, ReadOnlySpan<byte> value)
    {
        LastPath = path;
        Append(Count++ == 0 ? "[{\"op\":\""u8 : ",{\"op\":\""u8);
        Append(operation);
        Append("\",\"path\":"u8);
        Append(JsonText.Quote(path.ToString()));
        if (!value.IsEmpty)
        {
            Append(",\"value\":"u8);
            Append(value);
        }

        Append("}"u8);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        if (text.Length > _buffer.Length - Length)
        {
            Array.Resize(ref _buffer, Math.Max(Length + text.Length, _buffer.Length * 2));
        }

        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }
}
