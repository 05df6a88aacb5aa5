using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>A manifest file as text, from which the same bytes can be made again.</summary>
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

    /// <summary>What it is called; <c>&lt;stdin&gt;</c> for standard input.</summary>
    public string File { get; }

    /// <summary>The text without the byte order mark.</summary>
    public string Text { get; }

    /// <summary>The byte order mark, or empty.</summary>
    public string ByteOrderMark { get; }

    /// <summary>Whether it is standard input, which cannot be written back.</summary>
    public bool IsStandardInput => File == StandardInputName;

    /// <summary>Whether a part of it could not be read.</summary>
    public bool IsIncomplete { get; internal set; }

    internal const string StandardInputName = "<stdin>";

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    internal static ManifestText Of(string file, ReadOnlySpan<byte> bytes)
    {
        var text = Utf8.GetString(bytes);
        return text.StartsWith('\ufeff') ? new(file, text[1..], text[..1]) : new(file, text, "");
    }

    /// <summary>Puts another text in the file's place, so that it is never seen half written.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    public void Save(string text) => AtomicFile.Write(File, Utf8.GetBytes(ByteOrderMark + text));

    /// <summary>Writes a unified diff.</summary>
    /// <param name="text">The new text.</param>
    /// <param name="output">Where the diff goes.</param>
    public void WriteDiff(string text, TextWriter output) => LineDiff.Write(File, Text, text, output);
}
