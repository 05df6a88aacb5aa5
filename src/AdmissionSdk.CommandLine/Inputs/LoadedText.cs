using System.Text;
using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>A file, or the reason for which it cannot be read.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Text">The text; null with a problem.</param>
/// <param name="Problem">The problem, in one line.</param>
internal sealed record LoadedText(string File, ManifestText? Text, string? Problem)
{
    public static LoadedText TooLarge(string file) => new(file, null, "the file is too large for a manifest");

    /// <summary>Decodes a file, unless it has far more documents than a file of manifests: the count costs nothing beside the reading.</summary>
    public static LoadedText Decode(string file, ReadOnlySpan<byte> bytes)
    {
        if (TextPart.CountSeparators(bytes) > ManifestObjectReader.MostObjects)
        {
            return new LoadedText(file, null, $"more than {ManifestObjectReader.MostObjects} documents in one file; split the file");
        }

        try
        {
            return new LoadedText(file, ManifestText.Decode(file, bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return new LoadedText(file, null, "the file is not UTF-8");
        }
    }
}
