namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A mapping with string keys, in the order of the file. Merge keys (<c>&lt;&lt;</c>) are resolved by <see cref="Find(string)"/>.</summary>
public sealed class YamlMapping : YamlNode
{
    private const int DeepestMerge = 32;

    internal YamlMapping(IReadOnlyList<YamlEntry> entries, int line, int column)
        : base(line, column) => Entries = entries;

    /// <summary>A mapping without entries, for what is not there.</summary>
    public static YamlMapping Empty { get; } = new([], 1, 1);

    /// <summary>What is written, merge keys included.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>The value of a key, from the mapping itself or else from what is merged into it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; null if there is none.</returns>
    public YamlNode? Find(string key) => FindEntry(key)?.Value;

    /// <summary>The entry of a key, which is another mapping's if it was merged.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The entry; null if there is none.</returns>
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
