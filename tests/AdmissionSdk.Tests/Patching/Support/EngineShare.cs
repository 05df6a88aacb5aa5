using System.Collections.Concurrent;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Counts how many edits each engine took over.</summary>
internal static class EngineShare
{
    private static readonly ConcurrentDictionary<string, (int Direct, int All)> Counts = new();

    /// <summary>Counts an edit that changed something.</summary>
    public static void Count(string kind, int directEdits, int operations)
    {
        if (operations > 0)
        {
            Counts.AddOrUpdate(kind, (directEdits, 1), (_, old) => (old.Direct + directEdits, old.All + 1));
        }
    }

    /// <summary>The share of edits in place that needed no texts, for each kind.</summary>
    public static string Describe() => string.Join(", ", Counts.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {100.0 * pair.Value.Direct / pair.Value.All:0} %"));

    public static double Of(string kind) => Counts.TryGetValue(kind, out var count) ? (double)count.Direct / count.All : 0;
}
