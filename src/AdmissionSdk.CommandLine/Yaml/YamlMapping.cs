using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>A mapping with string keys, in the order of the file. <see cref="Find(string)"/> resolves merge keys (<c>&lt;&lt;</c>).</summary>
[Experimental("ADMEXP001")]
public sealed class YamlMapping : YamlNode
{
    // Far more than a person writes. Without a bound, thirty lines of merges of merges stand for billions of mappings.
    private const int MostMerged = 100;

    // A larger mapping gets a table for its look-ups.
    private const int FewEntries = 12;

    private static readonly List<YamlMapping> None = [];

    private readonly List<YamlMapping> _merged = None;
    private Dictionary<string, YamlEntry>? _table;

    /// <exception cref="YamlReadException">Too many mappings are merged into this mapping.</exception>
    internal YamlMapping(IReadOnlyList<YamlEntry> entries, int line, int column)
        : base(line, column)
    {
        Entries = entries;
        for (var at = 0; at < entries.Count; at++)
        {
            if (entries[at] is not { IsMerge: true } entry)
            {
                continue;
            }

            _merged = [.. _merged];
            _merged.AddRange((entry.Value is YamlSequence sequence ? sequence.Items : [entry.Value]).OfType<YamlMapping>());
            MergedCount = _merged.Sum(mapping => 1 + mapping.MergedCount);
            if (MergedCount > MostMerged)
            {
                throw new YamlReadException($"more than {MostMerged} mappings are merged into one", line, column);
            }
        }
    }

    /// <summary>A mapping without entries, in place of a missing mapping.</summary>
    public static YamlMapping Empty { get; } = new([], 1, 1);

    /// <summary>The entries in the text, with merge keys.</summary>
    public IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>The entries of the object that Kubernetes gets, each name once: the mapping's own, then those that are merged into the mapping.</summary>
    public IEnumerable<YamlEntry> EffectiveEntries => _merged.Count > 0 ? YamlJson.GetMerged(this) : Entries;

    internal override NodeSpan Span { get; init; }

    /// <summary>The number of other mappings in which a search may have to look.</summary>
    private int MergedCount { get; }

    /// <summary>Finds the value of a key, in the mapping itself or else in the mappings that are merged into it.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The value; null without the key.</returns>
    public YamlNode? Find(string key) => FindEntry(key)?.Value;

    /// <summary>Finds the entry of a key, which belongs to another mapping if the key was merged.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The entry; null without the key.</returns>
    public YamlEntry? FindEntry(string key)
    {
        if (FindOwn(key) is { } own)
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

    /// <summary>Finds the text of a key's scalar; null if the key is missing, empty, or has another value than a scalar.</summary>
    /// <exception cref="YamlReadException">The scalar has a tag by which kubectl would read another text.</exception>
    internal string? FindText(string key) => Find(key) is YamlScalar { Value.Length: > 0 } scalar ? scalar.Text : null;

    private YamlEntry? FindOwn(string key)
    {
        if (Entries.Count > FewEntries)
        {
            return (_table ??= Entries.Where(entry => !entry.IsMerge).ToDictionary(entry => entry.Name)).GetValueOrDefault(key);
        }

        foreach (var entry in Entries)
        {
            if (entry.Name == key && !entry.IsMerge)
            {
                return entry;
            }
        }

        return null;
    }
}
