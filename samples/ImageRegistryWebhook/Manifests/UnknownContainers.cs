using AdmissionSdk.CommandLine.Yaml;

namespace ImageRegistryWebhook.Manifests;

/// <summary>Finds containers in objects of unknown kinds.</summary>
internal static class UnknownContainers
{
    /// <summary>Finds the first image of a container anywhere in an object; null if there is none.</summary>
    /// <param name="root">The object.</param>
    /// <param name="seen">The nodes visited so far. Each node of a file is visited once, however many aliases it has.</param>
    public static YamlScalar? Find(YamlNode root, HashSet<YamlNode> seen)
    {
        Stack<YamlNode> open = new([root]);
        while (open.TryPop(out var node))
        {
            if (node is YamlScalar || !seen.Add(node))
            {
                continue;
            }

            if (node is YamlSequence sequence)
            {
                Push(open, sequence.Items);
                continue;
            }

            foreach (var entry in ((YamlMapping)node).Entries)
            {
                if (entry is { Key.Value: "containers" or "initContainers", Value: YamlSequence containers }
                    && containers.Items.OfType<YamlMapping>().Select(container => container.Find("image")).OfType<YamlScalar>().FirstOrDefault() is { } image)
                {
                    return image;
                }
            }

            Push(open, ((YamlMapping)node).Entries.Select(entry => entry.Value));
        }

        return null;
    }

    private static void Push(Stack<YamlNode> open, IEnumerable<YamlNode> nodes)
    {
        foreach (var node in nodes)
        {
            open.Push(node);
        }
    }
}
