using AdmissionSdk.CommandLine.Yaml;

namespace AdmissionSdk.CommandLine.Rewriting;

/// <summary>Finds the nodes of a document that stand for more than one place, because of an alias or a merge.</summary>
internal static class SharedNodes
{
    public static IReadOnlySet<YamlNode> Find(YamlNode root)
    {
        HashSet<YamlNode> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<YamlNode> shared = new(ReferenceEqualityComparer.Instance);
        Stack<YamlNode> open = new([root]);
        while (open.TryPop(out var node))
        {
            if (!seen.Add(node))
            {
                shared.Add(node);
                continue;
            }

            var children = node switch
            {
                YamlMapping mapping => mapping.Entries.SelectMany(entry => new YamlNode[] { entry.Key, entry.Value }),
                YamlSequence sequence => sequence.Items,
                _ => [],
            };
            foreach (var child in children)
            {
                open.Push(child);
            }
        }

        return shared;
    }
}
