namespace AdmissionSdk.CommandLine.Inputs;

/// <summary>Counts the objects of a command's input, and the reasons for which some were not judged.</summary>
internal sealed class InputCount
{
    public const string Unreadable = "unreadable";
    public const string WithoutKind = "without a kind";
    public const string InCharts = "in charts that are not rendered";

    private readonly SortedDictionary<string, int> _skipped = new(StringComparer.Ordinal);
    private int _objects;
    private int _files;
    private int _excluded;

    public void AddFile() => _files++;

    public void AddExcluded(int count) => _excluded += count;

    public void AddObject() => _objects++;

    public void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;

    /// <summary>True if an object was not judged, or if there was none.</summary>
    public bool HasUnjudged => _objects == 0 || _skipped.Count > 0;

    /// <summary>Describes the input in one line.</summary>
    public override string ToString()
    {
        var skipped = _skipped.Values.Sum();
        var reasons = skipped == 0 ? "" : $" ({string.Join(", ", _skipped.Select(reason => $"{reason.Value} {reason.Key}"))})";
        var excluded = _excluded == 0 ? "" : $"; {Describe(_excluded, "file")} excluded";
        return $"{Describe(_objects, "object")} in {Describe(_files, "file")}: {Math.Max(0, _objects - skipped)} judged, {skipped} not judged{reasons}{excluded}";
    }

    private static string Describe(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
