using System.Text.RegularExpressions;
using AdmissionSdk.CommandLine.Yaml;
using ImageRegistryWebhook.Images;

namespace ImageRegistryWebhook.Manifests;

/// <summary>
/// Finds values that look like images in places that the scanner does not know: fields called image in any kind, elements of images, environment
/// variables such as RELATED_IMAGE_X, and arguments such as --sidecar-image=X.
/// </summary>
internal static partial class ImageLikeFields
{
    private static readonly HashSet<string> Texts = ["metadata", "labels", "annotations", "selector", "matchLabels", "nodeSelector"];

    private static readonly HashSet<string> Names = new(["imageName", "imageRef", "imageReference", "imageUrl", "imageUri"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Finds the fields of an object, in its order.</summary>
    /// <param name="root">The object.</param>
    /// <param name="judged">The images that are judged.</param>
    /// <param name="seen">The nodes visited so far. Each node of a document is visited once, however many aliases it has.</param>
    public static IEnumerable<(string Path, YamlScalar Scalar)> Find(YamlMapping root, IReadOnlySet<YamlScalar> judged, HashSet<YamlNode> seen)
    {
        Stack<(string Path, YamlNode Node)> open = new([("", root)]);
        while (open.TryPop(out var at))
        {
            if (at.Node is YamlScalar || !seen.Add(at.Node))
            {
                continue;
            }

            foreach (var hit in FindIn(at.Path, at.Node).Where(hit => !judged.Contains(hit.Scalar)))
            {
                yield return hit;
            }

            foreach (var child in GetChildren(at.Path, at.Node).Reverse())
            {
                open.Push(child);
            }
        }
    }

    // Metadata is text for people and tools, and selectors choose by it.
    private static IEnumerable<(string Path, YamlNode Node)> GetChildren(string path, YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Where(entry => !Texts.Contains(entry.Name)).Select(entry => (entry.IsMerge ? path : Join(path, entry.Name), entry.Value)),
        YamlSequence sequence => sequence.Items.Select((item, index) => ($"{path}[{index}]", item)),
        _ => [],
    };

    private static IEnumerable<(string Path, YamlScalar Scalar)> FindIn(string path, YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => FindInEntry(Join(path, entry.Name), entry)).Concat(FindInVariable(path, mapping)),
        YamlSequence sequence => sequence.Items.Select((item, index) => (Path: $"{path}[{index}]", Scalar: item as YamlScalar))
            .Where(item => item.Scalar is { } scalar && (IsArgument(scalar.Value) || (path.EndsWith("images", StringComparison.OrdinalIgnoreCase) && IsLocated(scalar))))
            .Select(item => (item.Path, item.Scalar!)),
        _ => [],
    };

    private static IEnumerable<(string Path, YamlScalar Scalar)> FindInEntry(string path, YamlEntry entry)
    {
        var key = entry.Name;
        if (!key.EndsWith("image", StringComparison.OrdinalIgnoreCase) && !Names.Contains(key))
        {
            yield break;
        }

        if (entry.Value is YamlScalar scalar && (key == "image" ? !IsPicture(scalar) : IsLocated(scalar)))
        {
            yield return (path, scalar);
        }
        else if (entry.Value is YamlMapping parts && (parts.Find("repository") ?? parts.Find("reference") ?? parts.Find("name")) is YamlScalar repository && IsReference(repository))
        {
            yield return (path, repository);
        }
    }

    private static IEnumerable<(string Path, YamlScalar Scalar)> FindInVariable(string path, YamlMapping mapping) =>
        mapping.Find("name") is YamlScalar name && ImageName().IsMatch(name.Value) && mapping.Find("value") is YamlScalar value && IsLocated(value)
            ? [(Join(path, "value"), value)]
            : [];

    private static bool IsReference(YamlScalar scalar) =>
        scalar is { Kind: YamlScalarKind.String, Value.Length: > 0 } && (scalar.Value.Contains("{{", StringComparison.Ordinal) || scalar.Value.Contains("${", StringComparison.Ordinal)
            || ImageReference.TryParse(scalar.Value, out _, out _));

    // A field called image is one of a container, be its value a placeholder, unless a browser would show it.
    private static bool IsPicture(YamlScalar scalar) =>
        scalar is not { Kind: YamlScalarKind.String, Value.Length: > 0 } || scalar.Value.StartsWith("http://", StringComparison.Ordinal)
        || scalar.Value.StartsWith("https://", StringComparison.Ordinal) || scalar.Value.StartsWith("data:", StringComparison.Ordinal);

    // Without a registry, a tag or a digest, a word may be anything.
    private static bool IsLocated(YamlScalar scalar) => scalar.Value.AsSpan().ContainsAny('/', ':', '@') && IsReference(scalar);

    private static bool IsArgument(string text) =>
        ImageArgument().Match(text) is { Success: true } match && match.Groups["image"].Value is var image && image.AsSpan().ContainsAny('/', ':') && ImageReference.TryParse(image, out _, out _);

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    [GeneratedRegex("(^|_)IMAGE(_|\\z)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ImageName();

    [GeneratedRegex("^--?[-a-z0-9.]*image[-a-z0-9.]*=(?<image>.+)\\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ImageArgument();
}
