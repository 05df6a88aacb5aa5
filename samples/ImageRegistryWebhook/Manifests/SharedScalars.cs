using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>Finds the images with an anchor that is also used elsewhere, so that an edit of the scalar would change other values.</summary>
internal static class SharedScalars
{
    /// <summary>Finds the scalars of images that are also used in other fields.</summary>
    /// <param name="images">All the images of one file.</param>
    public static IReadOnlySet<YamlScalar> Find(IEnumerable<ManifestImage> images)
    {
        HashSet<YamlScalar> shared = [];
        foreach (var image in images.GroupBy(image => image.Object.Root, ReferenceEqualityComparer.Instance))
        {
            HashSet<YamlScalar> scalars = [.. image.Select(use => use.Scalar)];
            HashSet<object> places = new(image.Select(use => use.Entry).OfType<object>(), ReferenceEqualityComparer.Instance);
            HashSet<YamlScalar> custom = [.. image.Where(use => use.Entry is null).Select(use => use.Scalar)];
            Visit((YamlNode)image.Key!, node => shared.UnionWith(Others(node, scalars, places, custom)));
        }

        return shared;
    }

    private static IEnumerable<YamlScalar> Others(YamlNode node, HashSet<YamlScalar> scalars, HashSet<object> places, HashSet<YamlScalar> custom) => (node switch
    {
        YamlMapping mapping => mapping.Entries.SelectMany(entry => places.Contains(entry) ? (YamlNode[])[entry.Key] : [entry.Key, entry.Value]),
        YamlSequence sequence => sequence.Items,
        _ => [],
    }).OfType<YamlScalar>().Where(scalar => scalars.Contains(scalar) && !custom.Contains(scalar));

    // Visits each node once, however many aliases it has.
    private static void Visit(YamlNode root, Action<YamlNode> visit)
    {
        HashSet<YamlNode> seen = new(ReferenceEqualityComparer.Instance);
        Stack<YamlNode> open = new([root]);
        while (open.TryPop(out var node))
        {
            if (node is YamlScalar || !seen.Add(node))
            {
                continue;
            }

            visit(node);
            foreach (var child in node is YamlMapping mapping ? mapping.Entries.Select(entry => entry.Value) : ((YamlSequence)node).Items)
            {
                open.Push(child);
            }
        }
    }
}
