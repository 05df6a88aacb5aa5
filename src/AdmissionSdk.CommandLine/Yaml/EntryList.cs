namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Collects the entries of a mapping, and refuses what readers of YAML take in different ways.</summary>
internal sealed class EntryList
{
    // A larger mapping gets a table for its keys.
    private const int FewEntries = 12;

    private readonly List<YamlEntry> _entries = new(4);
    private HashSet<string>? _keys;

    public int Count => _entries.Count;

    /// <summary>Adds an entry.</summary>
    /// <param name="at">The first token of the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="isAlias">True if the value is an alias.</param>
    /// <exception cref="YamlReadException">The key is not a string, is there twice, or is a merge that is not certain.</exception>
    public void Add(YamlToken at, YamlNode key, YamlNode value, bool isAlias)
    {
        if (key is not YamlScalar scalar)
        {
            throw Refuse("a key must be a scalar", at);
        }

        // For kubectl, an alias of << is a key.
        var entry = new YamlEntry(scalar, value, at.Kind == YamlTokenKind.Alias);
        if (entry.IsMerge)
        {
            RefuseBadMerge(entry, isAlias, at);
        }
        else if (!AddKey(entry.Name))
        {
            throw Refuse($"the key \"{entry.Name}\" is there twice", at);
        }

        _entries.Add(entry);
    }

    /// <summary>Gets the entries.</summary>
    public IReadOnlyList<YamlEntry> Complete()
    {
        _entries.TrimExcess();
        return _entries;
    }

    private bool AddKey(string key)
    {
        if (_keys is null && _entries.Count >= FewEntries)
        {
            _keys = [.. _entries.Where(entry => !entry.IsMerge).Select(entry => entry.Name)];
        }

        return _keys?.Add(key) ?? !_entries.Exists(entry => !entry.IsMerge && entry.Name == key);
    }

    // By the standard, the mapping's own key always wins; in kubectl's reader, a merge wins over the keys before the merge.
    private void RefuseBadMerge(YamlEntry entry, bool isAlias, YamlToken at)
    {
        if (entry.Value is not YamlMapping && (isAlias || entry.Value is not YamlSequence list || list.Items.Any(item => item is not YamlMapping)))
        {
            throw Refuse("a merge (<<) needs a mapping or a list of mappings", at);
        }

        if (_entries.Exists(other => other.IsMerge))
        {
            throw Refuse("a second merge (<<) in one mapping, and readers of YAML differ in which counts; merge a list: <<: [*a, *b]", at);
        }

        var merge = new YamlMapping([entry], at.Line, at.Column);
        foreach (var own in _entries)
        {
            if (merge.Find(own.Name) is { } merged && !ReferenceEquals(merged, own.Value))
            {
                throw Refuse($"the key \"{own.Name}\" is before a merge that has it too, and readers of YAML differ in which counts; put the merge first", at);
            }
        }
    }

    private static YamlReadException Refuse(string message, YamlToken at) => new(message, at.Line, at.Column);
}
