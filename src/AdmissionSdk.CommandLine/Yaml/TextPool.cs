namespace AdmissionSdk.CommandLine.Yaml;

/// <summary>Keeps one string for equal short texts: manifests repeat their keys.</summary>
internal sealed class TextPool
{
    private const int Longest = 40;
    private const int MostTexts = 4096;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public TextPool() => _lookup = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.Length > Longest)
        {
            return text.ToString();
        }

        if (_lookup.TryGetValue(text, out var known))
        {
            return known;
        }

        var added = text.ToString();
        if (_texts.Count < MostTexts)
        {
            _texts.Add(added);
        }

        return added;
    }
}
