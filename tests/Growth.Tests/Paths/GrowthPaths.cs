namespace Growth.Tests.Paths;

/// <summary>The ways through the SDK and the sample whose length a requester chooses, each with its worst shape.</summary>
public static partial class GrowthPaths
{
    /// <summary>The size of most paths.</summary>
    public const int DefaultSize = 1000;

    /// <summary>The sizes of other paths: beyond the bound of a search, such as the 1,000 differences of a list, which is a constant only from there on.</summary>
    public static IReadOnlyDictionary<string, int> Sizes { get; } = new Dictionary<string, int>
    {
        ["mutate: one long image"] = 100_000,
        ["text: made fit to be shown"] = 100_000,
        ["notes: long warnings and annotations"] = 5000,
        // 256 KiB of annotations is the most that Kubernetes allows.
        ["patch: annotations changed"] = 250,
        ["patch: annotations of a template changed"] = 250,
        // From 1,000 operations on they become one.
        ["patch: finalizers added"] = 200,
        ["patch: owners added"] = 200,
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

    /// <summary>The paths, and the quadratic ones that try the measure.</summary>
    public static IReadOnlyDictionary<string, Func<int, Action>> Everything { get; } =
        All.Select(path => (Name: path.Key, Prepare: path.Value)).Concat(Quadratic.Paths()).ToDictionary(path => path.Name, path => path.Prepare);
}
