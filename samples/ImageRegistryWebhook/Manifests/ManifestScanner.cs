using ImageRegistryWebhook.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>Finds the images of everything in a file that becomes a pod.</summary>
internal sealed class ManifestScanner(IReadOnlyList<CustomPath> customPaths)
{
    // Aliases can make a small file mean a giant one.
    private const int MostImages = 100_000;
    private const int DeepestList = 8;
    private const string ListSuffix = "List";

    private static readonly Dictionary<string, string> PodSpecs = new()
    {
        ["Pod"] = "spec",
        ["PodTemplate"] = "template.spec",
        ["Deployment"] = "spec.template.spec",
        ["StatefulSet"] = "spec.template.spec",
        ["DaemonSet"] = "spec.template.spec",
        ["ReplicaSet"] = "spec.template.spec",
        ["ReplicationController"] = "spec.template.spec",
        ["Job"] = "spec.template.spec",
        ["CronJob"] = "spec.jobTemplate.spec.template.spec",
    };

    private static readonly string[] Groups = ["", "apps", "batch", "extensions"];

    /// <summary>The images of a file, in its order.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">What it is called.</param>
    /// <exception cref="YamlReadException">The file cannot be read. Thrown while enumerating.</exception>
    public IEnumerable<ManifestImage> Scan(string text, string file)
    {
        var document = 0;
        var count = 0;
        foreach (var root in YamlReader.Read(text))
        {
            foreach (var image in OfObject(root, new ScannedDocument(file, document, root!), 0, null))
            {
                if (++count > MostImages)
                {
                    throw new YamlReadException($"more than {MostImages} images in one file", image.Scalar.Line, image.Scalar.Column);
                }

                yield return image;
            }

            document++;
        }
    }

    private IEnumerable<ManifestImage> OfObject(YamlNode? node, ScannedDocument document, int depth, TypeName? listed)
    {
        if (node is not YamlMapping root || (Text(root, "kind") ?? listed?.Kind) is not { } kind)
        {
            return [];
        }

        var version = Text(root, "apiVersion") ?? listed?.ApiVersion ?? "";
        if (kind.EndsWith(ListSuffix, StringComparison.Ordinal) && root.Find("items") is YamlSequence items)
        {
            // What has no kind in a PodList is a Pod.
            var item = kind.Length > ListSuffix.Length ? new TypeName(version, kind[..^ListSuffix.Length]) : null;
            return depth < DeepestList ? items.Items.SelectMany(child => OfObject(child, document, depth + 1, item))
                : throw new YamlReadException("lists in lists in lists", root.Line, root.Column);
        }

        var group = version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "";
        var metadata = root.Find("metadata") as YamlMapping;
        IEnumerable<(string Path, YamlNode Node)> specs = customPaths.Where(custom => custom.IsFor(kind, group)).SelectMany(custom => custom.Select(root));
        if (Groups.Contains(group) && PodSpecs.TryGetValue(kind, out var path))
        {
            specs = specs.Concat(new CustomPath(kind, null, path).Select(root));
        }

        return specs.SelectMany(spec => Images(spec.Path, spec.Node).Select(found => new ManifestImage
        {
            File = document.File,
            Document = document.Index,
            Kind = kind,
            Namespace = metadata is null ? null : Text(metadata, "namespace"),
            Name = metadata is null ? null : Text(metadata, "name") ?? Text(metadata, "generateName"),
            Path = found.Path,
            Container = found.Container,
            Scalar = found.Scalar,
            Entry = found.Entry,
            Root = document.Root,
            PodLabels = Labels(Owner(root, spec.Path)),
        }));
    }

    private static IEnumerable<(string Path, string? Container, YamlScalar Scalar, YamlEntry? Entry)> Images(string path, YamlNode node)
    {
        if (node is YamlScalar scalar)
        {
            yield return (path, null, scalar, null);
        }

        if (node is not YamlMapping spec)
        {
            yield break;
        }

        foreach (var list in (string[])["initContainers", "containers", "ephemeralContainers"])
        {
            foreach (var (container, index) in Items(spec, list))
            {
                if (Image(container, "image") is { } image)
                {
                    yield return ($"{path}.{list}[{index}].image", Text(container, "name"), (YamlScalar)image.Value, image);
                }
            }
        }

        foreach (var (volume, index) in Items(spec, "volumes"))
        {
            if (volume.Find("image") is YamlMapping source && Image(source, "reference") is { } image)
            {
                yield return ($"{path}.volumes[{index}].image.reference", null, (YamlScalar)image.Value, image);
            }
        }
    }

    private static IEnumerable<(YamlMapping Item, int Index)> Items(YamlMapping spec, string list) => spec.Find(list) is YamlSequence sequence
        ? sequence.Items.Select((item, index) => (Item: item as YamlMapping, Index: index)).Where(pair => pair.Item is not null).Select(pair => (pair.Item!, pair.Index))
        : [];

    // No image, as in a patch for kustomize, is nothing to judge.
    private static YamlEntry? Image(YamlMapping owner, string key) =>
        owner.FindEntry(key) is { Value: YamlScalar scalar } entry && scalar.Kind != YamlScalarKind.Null ? entry : null;

    // The pod or template that a spec is in.
    private static YamlMapping? Owner(YamlMapping root, string path) =>
        path.EndsWith(".spec", StringComparison.Ordinal) ? new CustomPath("", null, path[..^".spec".Length]).Select(root).FirstOrDefault().Node as YamlMapping : root;

    private static Dictionary<string, string> Labels(YamlMapping? owner)
    {
        Dictionary<string, string> labels = [];
        foreach (var entry in ((owner?.Find("metadata") as YamlMapping)?.Find("labels") as YamlMapping)?.Entries ?? [])
        {
            if (entry.Value is YamlScalar value)
            {
                labels[entry.Key.Value] = Untagged(value).Value;
            }
        }

        return labels;
    }

    private static string? Text(YamlMapping mapping, string key) => mapping.Find(key) is YamlScalar { Value.Length: > 0 } scalar ? Untagged(scalar).Value : null;

    // kubectl would read something else than what is written.
    private static YamlScalar Untagged(YamlScalar scalar) => scalar.IsAsWritten ? scalar
        : throw new YamlReadException($"\"{scalar.Value}\" has the tag {scalar.Tag}; write the value itself", scalar.Line, scalar.Column);
}
