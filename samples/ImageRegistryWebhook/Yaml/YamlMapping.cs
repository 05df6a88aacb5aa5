namespace ImageRegistryWebhook.Yaml;

/// <summary>A mapping with string keys, in the order of the file. Merge keys (<c>&lt;&lt;</c>) are resolved by <see cref="Find(string)"/>.</summary>
internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    private const int DeepestMerge = 32;

    /// <summary>The value of a key, from the mapping itself or else from what is merged into it; null if there is none.</summary>
    public YamlNode? Find(string key) => Find(key, 0);

    private YamlNode? Find(string key, int depth)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key && !entry.IsMerge)
            {
                return entry.Value;
            }
        }

        if (depth < DeepestMerge)
        {
            foreach (var entry in Entries.Where(entry => entry.IsMerge))
            {
                var merged = entry.Value is YamlSequence sequence ? sequence.Items : [entry.Value];
                if (merged.OfType<YamlMapping>().Select(mapping => mapping.Find(key, depth + 1)).FirstOrDefault(value => value is not null) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }
}
