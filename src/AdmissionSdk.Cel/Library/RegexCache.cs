using System.Collections.Concurrent;

namespace AdmissionSdk.Cel.Library;

/// <summary>Regular expressions that were translated before, as most expressions use the same one for every object.</summary>
internal static class RegexCache
{
    private const int Most = 1000;

    private static readonly ConcurrentDictionary<string, LinearRegex> Known = new(StringComparer.Ordinal);

    public static LinearRegex Get(string pattern)
    {
        if (Known.TryGetValue(pattern, out var known))
        {
            return known;
        }

        // Patterns that come from objects must not fill the memory.
        if (Known.Count >= Most)
        {
            Known.Clear();
        }

        return Known[pattern] = LinearRegex.Parse(pattern);
    }
}
