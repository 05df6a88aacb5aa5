using AdmissionSdk.CommandLine.Inputs;
using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>Finds the parts of a kustomization that bring or change images, and that only kustomize build can show.</summary>
internal static class KustomizeFields
{
    private static readonly string[] Sources = ["resources", "bases", "components"];
    private static readonly string[] Charts = ["helmCharts", "helmChartInflationGenerator"];
    private static readonly string[] Changes = ["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "transformers", "generators"];

    public static bool Is(ManifestObject item) => item is { Kind: "Kustomization" or "Component", Group: "" or "kustomize.config.k8s.io" };

    /// <summary>Finds the parts, each with a description.</summary>
    public static IEnumerable<(YamlNode Place, string Description)> Find(YamlMapping root)
    {
        foreach (var (image, index) in Items(root, "images").Select((image, index) => (image as YamlMapping, index)))
        {
            if (image is not null && Describe(image) is { } result)
            {
                yield return (image, $"images[{index}] makes {result}");
            }
        }

        foreach (var field in Sources)
        {
            foreach (var source in Items(root, field).OfType<YamlScalar>().Where(source => IsRemote(source.Value)))
            {
                yield return (source, $"{field} takes {source.Value} from elsewhere");
            }
        }

        foreach (var field in Charts.Where(field => Items(root, field).Any()))
        {
            yield return (root.Find(field)!, $"{field} renders charts");
        }

        foreach (var field in Changes.Where(field => Items(root, field).Any()))
        {
            yield return (root.Find(field)!, $"{field} can change images");
        }
    }

    private static string? Describe(YamlMapping image)
    {
        var (name, digest, tag) = (Text(image, "newName") ?? Text(image, "name"), Text(image, "digest"), Text(image, "newTag"));
        return name is null ? null : name + (digest is not null ? "@" + digest : tag is not null ? ":" + tag : "") + $" of {Text(image, "name")}";
    }

    private static bool IsRemote(string source) =>
        source.Contains("://", StringComparison.Ordinal) || source.Contains("?ref=", StringComparison.Ordinal) || source.StartsWith("github.com/", StringComparison.Ordinal)
        || source.StartsWith("git@", StringComparison.Ordinal);

    private static IEnumerable<YamlNode> Items(YamlMapping root, string field) => (root.Find(field) as YamlSequence)?.Items ?? [];

    private static string? Text(YamlMapping mapping, string key) => mapping.Find(key) is YamlScalar { Value.Length: > 0 } scalar ? scalar.Value : null;
}
