namespace Architecture.Tests.Support;

/// <summary>The strongly connected components of more than one folder (Tarjan).</summary>
public static class Rings
{
    public static IReadOnlyList<IReadOnlySet<string>> Find(IReadOnlyCollection<FolderUse> uses)
    {
        var next = uses.ToLookup(use => use.From, use => use.To, StringComparer.Ordinal);
        var (index, low) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<string, int>(StringComparer.Ordinal));
        var (open, rings) = (new Stack<string>(), new List<IReadOnlySet<string>>());
        foreach (var folder in next.Select(group => group.Key).Where(folder => !index.ContainsKey(folder)).ToList())
        {
            if (!index.ContainsKey(folder))
            {
                Visit(folder);
            }
        }

        return rings;

        void Visit(string folder)
        {
            index[folder] = low[folder] = index.Count;
            open.Push(folder);
            foreach (var other in next[folder].Distinct(StringComparer.Ordinal))
            {
                if (!index.TryGetValue(other, out var seen))
                {
                    Visit(other);
                    low[folder] = Math.Min(low[folder], low[other]);
                }
                else if (open.Contains(other))
                {
                    low[folder] = Math.Min(low[folder], seen);
                }
            }

            if (low[folder] != index[folder])
            {
                return;
            }

            var ring = new HashSet<string>(StringComparer.Ordinal);
            while (ring.Add(open.Peek()) && open.Pop() != folder)
            {
            }

            if (ring.Count > 1)
            {
                rings.Add(ring);
            }
        }
    }
}
