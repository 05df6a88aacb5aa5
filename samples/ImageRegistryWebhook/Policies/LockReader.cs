using AdmissionSdk.CommandLine.Yaml;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Policies;

/// <summary>Reads lock files; <see cref="ImageLock"/> describes the format.</summary>
internal static class LockReader
{
    public static ImageLock Read(string text, string file, List<PolicyProblem> errors)
    {
        Dictionary<string, string> digests = [];
        if (PolicyReader.Root(text, file, "a lock file", errors) is not { } root)
        {
            return ImageLock.Empty;
        }

        var section = new PolicySectionReader(root, "the lock file", PolicyKeys.Lock, file, errors);
        if (section.Node("version") is not YamlScalar { Value: "1" })
        {
            section.Report(section.Node("version"), "version must be 1");
        }

        if (section.Node("images") is not YamlMapping images)
        {
            section.Report(section.Node("images"), "images must be a mapping of images to digests");
            return ImageLock.Empty;
        }

        foreach (var entry in images.Entries)
        {
            var digest = section.Text(entry.Value, "a digest");
            if (!ImageReference.TryParse(entry.Key.Value, out var image, out var error) || image.Digest is not null)
            {
                section.Report(entry.Key, $"\"{entry.Key.Value}\" is not an image without a digest{(error is null ? "" : $": {error}")}");
            }
            else if (digest is not null && !ImageReference.TryParse($"x@{digest}", out _, out error))
            {
                section.Report(entry.Value, $"\"{digest}\" is not a digest: {error}");
            }
            else if (digest is not null && !digests.TryAdd(ImageLock.Key(image), digest))
            {
                section.Report(entry.Key, $"{ImageLock.Key(image)} is listed twice; remove one of the lines");
            }
        }

        return new ImageLock(digests);
    }
}
