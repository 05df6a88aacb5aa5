using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>Finds the images of pods and pod templates.</summary>
internal sealed class ManifestScanner(IReadOnlyList<CustomPath> customPaths)
{
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

    // Widespread custom kinds.
    private static readonly CustomPath[] WellKnown =
    [
        new("Rollout", "argoproj.io", "spec.template.spec"),
        new("Service", "serving.knative.dev", "spec.template.spec"),
        new("Configuration", "serving.knative.dev", "spec.template.spec"),
        new("Revision", "serving.knative.dev", "spec"),
        new("CloneSet", "apps.kruise.io", "spec.template.spec"),
    ];

    private static readonly string[] Groups = ["", "apps", "batch", "extensions"];

    /// <summary>Finds the images of an object, in its order.</summary>
    /// <exception cref="YamlReadException">Readers of YAML differ about a value. Thrown during enumeration.</exception>
    public IEnumerable<ManifestImage> Scan(ManifestObject item)
    {
        var specs = Paths(item).SelectMany(path => path.Select(item.Node)).DistinctBy(spec => spec.Path);
        foreach (var spec in specs)
        {
            var labels = Labels(Owner(item.Node, spec.Path));
            foreach (var (field, container, scalar, entry) in Images(spec.Path, spec.Node))
            {
                yield return new ManifestImage { Object = item, Path = field, Container = container, Scalar = scalar, Entry = entry, PodLabels = labels };
            }
        }
    }

    /// <summary>Tests if the paths of images are known for the kind of an object.</summary>
    public bool Knows(ManifestObject item) => Paths(item).Any();

    private IEnumerable<CustomPath> Paths(ManifestObject item)
    {
        var paths = customPaths.Concat(WellKnown).Where(custom => custom.IsFor(item.Kind, item.Group));
        return Groups.Contains(item.Group) && PodSpecs.TryGetValue(item.Kind, out var path) ? paths.Append(new CustomPath(item.Kind, null, path)) : paths;
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

    // Null without an image, as in a patch for kustomize.
    private static YamlEntry? Image(YamlMapping owner, string key) =>
        owner.FindEntry(key) is { Value: YamlScalar scalar } entry && scalar.Kind != YamlScalarKind.Null ? entry : null;

    // The pod or template of a spec.
    private static YamlMapping? Owner(YamlMapping root, string path) =>
        path.EndsWith(".spec", StringComparison.Ordinal) ? new CustomPath("", null, path[..^".spec".Length]).Select(root).FirstOrDefault().Node as YamlMapping : root;

    private static Dictionary<string, string> Labels(YamlMapping? owner)
    {
        Dictionary<string, string> labels = [];
        foreach (var entry in ((owner?.Find("metadata") as YamlMapping)?.Find("labels") as YamlMapping)?.EffectiveEntries ?? [])
        {
            if (entry.Value is YamlScalar value)
            {
                labels[entry.Name] = value.Text;
            }
        }

        return labels;
    }

    private static string? Text(YamlMapping mapping, string key) => mapping.Find(key) is YamlScalar { Value.Length: > 0 } scalar ? scalar.Text : null;
}
