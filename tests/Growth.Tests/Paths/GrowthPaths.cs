namespace Growth.Tests.Paths;

/// <summary>The ways through the SDK and the sample whose length a requester chooses, each with its worst shape.</summary>
public static partial class GrowthPaths
{
    /// <summary>Beyond the sizes up to which a search is bounded by a number, such as the 1,000 differences of a list.</summary>
    public const int DefaultSize = 1000;

    /// <summary>Sizes of paths that have a bound of their own.</summary>
    public static IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int>
    {
        // MaxObjectDepth is 1,000.
        ["patch: objects in objects, changed at the bottom"] = 200,
        // Long texts are cheap, and their parts are what counts.
        ["mutate: one long image"] = 100_000,
        ["text: made fit to be shown"] = 100_000,
        ["notes: long warnings and annotations"] = 5000,
        ["patch: every other element removed"] = 4000,
        ["patch: elements turned round"] = 4000,
        ["patch: elements built anew"] = 4000,
        ["patch: elements built anew with other keys"] = 4000,
        ["patch: one element among many built anew"] = 4000,
        ["patch: long elements swapped"] = 4000,
    };

    /// <summary>A path's name, and a function that prepares a walk of a size.</summary>
    public static IReadOnlyDictionary<string, Func<int, Action>> All { get; } =
        new[] { Sample, Workloads, Policies, Patches, Reviews, Commands, Edits }.SelectMany(paths => paths()).ToDictionary(path => path.Name, path => path.Prepare);

    /// <summary>All, and the quadratic ones that try the measure.</summary>
    public static IReadOnlyDictionary<string, Func<int, Action>> Everything { get; } =
        All.Select(path => (Name: path.Key, Prepare: path.Value)).Concat(Quadratic.Paths()).ToDictionary(path => path.Name, path => path.Prepare);
}
