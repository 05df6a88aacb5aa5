using System.Buffers;

namespace AdmissionSdk.Patching;

/// <summary>Writes a JSON Patch, operation by operation. Values are copied as they are written in the result.</summary>
internal sealed class PatchWriter(int maxBytes)
{
    private readonly ArrayBufferWriter<byte> _output = new(256);

    public int Count { get; private set; }

    public void Add(JsonPath path, ReadOnlySpan<byte> value) => Write("add"u8, path, value);

    public void Replace(JsonPath path, ReadOnlySpan<byte> value) => Write("replace"u8, path, value);

    public void Remove(JsonPath path) => Write("remove"u8, path, default);

    public PatchResult Finish()
    {
        if (Count == 0)
        {
            return default;
        }

        _output.Write("]"u8);
        return new PatchResult(_output.WrittenMemory, Count);
    }

    private void Write(ReadOnlySpan<byte> operation, JsonPath path, ReadOnlySpan<byte> value)
    {
        _output.Write(Count++ == 0 ? "[{\"op\":\""u8 : ",{\"op\":\""u8);
        _output.Write(operation);
        _output.Write("\",\"path\":"u8);
        _output.Write(JsonText.Quote(path.ToPointer()));
        if (!value.IsEmpty)
        {
            _output.Write(",\"value\":"u8);
            _output.Write(value);
        }

        _output.Write("}"u8);
        if (_output.WrittenCount > maxBytes)
        {
            throw new PatchException($"the patch is larger than {maxBytes} bytes");
        }
    }
}
