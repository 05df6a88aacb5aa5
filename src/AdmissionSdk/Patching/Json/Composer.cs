using System.Buffers;

namespace AdmissionSdk.Patching.Json;

/// <summary>Writes a document from slices of another one and new text, and notes which value came from where.</summary>
internal sealed class Composer(int expectedBytes)
{
    private readonly ArrayBufferWriter<byte> _output = new(Math.Max(256, expectedBytes));

    public Alignment Alignment { get; } = new();

    public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

    public void WriteText(ReadOnlySpan<byte> text) => _output.Write(text);

    /// <summary>Copies a value of the source as it is.</summary>
    public void Copy(JsonTree source, int node) => Copy(source.Text(node), source.Start(node));

    /// <summary>Copies a value of the source as it is; the source has the value at <paramref name="start"/>.</summary>
    public void Copy(ReadOnlySpan<byte> text, int start)
    {
        Alignment.AddCopy(_output.WrittenCount, start, text.Length);
        _output.Write(text);
    }

    /// <summary>Notes that the value about to be written is a changed form of <paramref name="node"/>.</summary>
    public void NoteSource(JsonTree source, int node) => NoteSource(source.Start(node));

    /// <summary>Notes that the value about to be written is a changed form of the source's value at <paramref name="start"/>.</summary>
    public void NoteSource(int start) => Alignment.AddStart(_output.WrittenCount, start);

    /// <summary>Writes a member's name as it is written in <paramref name="tree"/>, after a comma unless it is the first.</summary>
    public void WriteName(JsonTree tree, int node, ref bool first)
    {
        WriteSeparator(ref first);
        _output.Write("\""u8);
        _output.Write(tree.NameText(node));
        _output.Write("\":"u8);
    }

    public void WriteSeparator(ref bool first)
    {
        if (!first)
        {
            _output.Write(","u8);
        }

        first = false;
    }
}
