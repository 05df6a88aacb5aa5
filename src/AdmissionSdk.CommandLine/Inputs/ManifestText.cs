using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>The text of a manifest file, from which the same bytes can be made again.</summary>
[Experimental("ADMEXP001")]
public sealed class ManifestText
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private ManifestText(string file, string text, string mark)
    {
        File = file;
        Text = text;
        ByteOrderMark = mark;
    }

    /// <summary>The file's name; <c>&lt;stdin&gt;</c> for standard input.</summary>
    public string File { get; }

    /// <summary>The text without the byte order mark.</summary>
    public string Text { get; }

    /// <summary>The byte order mark, or empty.</summary>
    public string ByteOrderMark { get; }

    /// <summary>True for standard input, which cannot be written back.</summary>
    public bool IsStandardInput => File == StandardInputName;

    /// <summary>True if a part of the file could not be read.</summary>
    public bool IsIncomplete { get; internal set; }

    internal const string StandardInputName = "<stdin>";

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DecoderFallbackException">The file is not UTF-8.</exception>
    internal static ManifestText Decode(string file, ReadOnlySpan<byte> bytes)
    {
        var text = Utf8.GetString(bytes);
        return text.StartsWith('\ufeff') ? new(file, text[1..], text[..1]) : new(file, text, "");
    }

    /// <summary>Replaces the text of the file at once, so that no reader sees half of the new text.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    public void Save(string text) => AtomicFile.Write(File, Utf8.GetBytes(ByteOrderMark + text));

    /// <summary>Writes a unified diff.</summary>
    /// <param name="text">The new text.</param>
    /// <param name="output">The writer for the diff.</param>
    public void WriteDiff(string text, TextWriter output) => LineDiff.Write(File, Text, text, output);
}
