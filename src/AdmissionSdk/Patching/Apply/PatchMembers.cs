namespace AdmissionSdk.Patching.Apply;

/// <summary>The members of an object that is being patched, in order. Wide objects get an index: a ConfigMap of 10,000 keys would make patches quadratic.</summary>
internal sealed class PatchMembers
{
    private const int LargestScan = 16;

    // A removed member leaves a hole, so that positions hold.
    private readonly List<(string Name, PatchNode? Value)> _members = [];
    private Dictionary<string, int>? _index;

    public IEnumerable<(string Name, PatchNode Value)> All => _members.Where(member => member.Value is not null)!;

    public PatchNode? Find(string name) => FindIndex(name) is >= 0 and var index ? _members[index].Value : null;

    /// <summary>Replaces a member in its place, or adds it at the end.</summary>
    public void Set(string name, PatchNode value)
    {
        var index = FindIndex(name);
        if (index >= 0)
        {
            _members[index] = (name, value);
            return;
        }

        _members.Add((name, value));
        _index?.Add(name, _members.Count - 1);
    }

    public bool Remove(string name)
    {
        var index = FindIndex(name);
        if (index < 0)
        {
            return false;
        }

        _members[index] = (name, null);
        _index?.Remove(name);
        return true;
    }

    private int FindIndex(string name)
    {
        if (_members.Count <= LargestScan)
        {
            return _members.FindIndex(member => member.Value is not null && string.Equals(member.Name, name, StringComparison.Ordinal));
        }

        _index ??= BuildIndex();
        return _index.GetValueOrDefault(name, -1);
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_members.Count, StringComparer.Ordinal);
        for (var i = 0; i < _members.Count; i++)
        {
            if (_members[i].Value is not null)
            {
                index[_members[i].Name] = i;
            }
        }

        return index;
    }
}
