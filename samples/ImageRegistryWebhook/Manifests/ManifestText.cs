using System.Text;

namespace ImageRegistryWebhook.Manifests;

/// <summary>A manifest file as text, from which the same bytes can be made again.</summary>
/// <param name="File">What it is called.</param>
/// <param name="Text">The text without the byte order mark.</param>
/// <param name="Mark">The byte order mark, or empty.</param>
internal sealed record ManifestText(string File, string Text, string Mark)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    public static ManifestText Of(string file, ReadOnlySpan<byte> bytes)
    {
        var text = Utf8.GetString(bytes);
        return text.StartsWith('\ufeff') ? new(file, text[1..], text[..1]) : new(file, text, "");
    }

    /// <summary>The bytes of another text with the same mark.</summary>
    public byte[] Encode(string text) => Utf8.GetBytes(Mark + text);
}
