using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A mapping with string keys, in the order of the file. Merge keys (<c>&lt;&lt;</c>) are resolved by <see cref="Find(string)"/>.</summary>
[Experimental("ADMEXP001")]
public sealed class YamlMapping : YamlNode
{
    // Far more than anybody writes. Without a bound, thirty lines of merges of merges stand for billions of mappings.
    private const int MostMerged = 100;

    // From here on a table is worth its making.
    private const int FewEntries = 12;

    private readonly List<YamlMapping> _merged = [];
    private Dictionary<string, YamlEntry>? _table;

    /// <exception cref="YamlReadException">Too much is merged into it.</exception>
    internal YamlMapping(IReadOnlyList<YamlEntry> entries, int line, int column)
        : base(line, column)
    {
        Entries = entries;
        foreach (var entry in entries.Where(entry => entry.IsMerge))
        {
            _merged.AddRange((entry.Value is YamlSequence sequence ? sequence.Items : [entry.Value]).OfType<YamlMapping>());
            MergedCount = _merged.Sum(mapping => 1 + mapping.MergedCount);
            if (MergedCount > MostMerged)
            {
                throw new YamlReadException($"more than {MostMerged} mappings are merged into one", line, column);
            }
        }
    }

    /// <summary>A mapping without entries, for what is not there.</summary>
    public static YamlMapping Empty { get; } = new([], 1, 1);

    /// <summary>What is written, merge keys included.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>How many mappings a search may have to look at, besides this.</summary>
    private int MergedCount { get; }

    /// <summary>The value of a key, from the mapping itself or else from what is merged into it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; null if there is none.</returns>
    public YamlNode? Find(string key) => FindEntry(key)?.Value;

    /// <summary>The entry of a key, which is another mapping's if it was merged.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The entry; null if there is none.</returns>
    public YamlEntry? FindEntry(string key)
    {
        if (Own(key) is { } own)
        {
            return own;
        }

        foreach (var mapping in _merged)
        {
            if (mapping.FindEntry(key) is { } inherited)
            {
                return inherited;
            }
        }

        return null;
    }

    /// <summary>The text of a key's scalar; null if the key is missing, empty, or has another value than a scalar.</summary>
    /// <exception cref="YamlReadException">The scalar has a tag by which kubectl would read another text.</exception>
    internal string? FindText(string key) => Find(key) is YamlScalar { Value.Length: > 0 } scalar ? scalar.Text : null;

    private YamlEntry? Own(string key)
    {
        if (Entries.Count > FewEntries)
        {
            return (_table ??= Entries.Where(entry => !entry.IsMerge).ToDictionary(entry => entry.Key.Value)).GetValueOrDefault(key);
        }

        foreach (var entry in Entries)
        {
            if (entry.Key.Value == key && !entry.IsMerge)
            {
                return entry;
            }
        }

        return null;
    }
}
