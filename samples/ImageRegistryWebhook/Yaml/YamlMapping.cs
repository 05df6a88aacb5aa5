namespace ImageRegistryWebhook.Yaml;

/// <summary>A mapping with string keys, in the order of the file. Merge keys (<c>&lt;&lt;</c>) are resolved by <see cref="Find(string)"/>.</summary>
internal sealed record YamlMapping(IReadOnlyList<YamlEntry> Entries, int Line, int Column) : YamlNode(Line, Column)
{
    private const int DeepestMerge = 32;

    /// <summary>The value of a key, from the mapping itself or else from what is merged into it; null if there is none.</summary>
    public YamlNode? Find(string key) => FindEntry(key)?.Value;

    /// <summary>The entry of a key, which is another mapping's if it was merged; null if there is none.</summary>
    public YamlEntry? FindEntry(string key) => FindEntry(key, 0);

    private YamlEntry? FindEntry(string key, int depth)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key && !entry.IsMerge)
            {
                return entry;
            }
        }

        if (depth < DeepestMerge)
        {
            foreach (var entry in Entries.Where(entry => entry.IsMerge))
            {
                var merged = entry.Value is YamlSequence sequence ? sequence.Items : [entry.Value];
                if (merged.OfType<YamlMapping>().Select(mapping => mapping.FindEntry(key, depth + 1)).FirstOrDefault(found => found is not null) is { } inherited)
                {
                    return inherited;
                }
            }
        }

        return null;
    }
}
