using AdmissionSdk.Contexts;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Diff;
using AdmissionSdk.Patching.Replay;
using AdmissionSdk.Quoting;
using Growth.Tests.Paths;
using Growth.Tests.Support;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Policies;

namespace Growth.Tests;

/// <summary>
/// Walks each path with its worst shapes at n, 2n and 4n: nothing that a requester can make large takes more than linear time, or n log n. The growth of the
/// growth is compared, so that neither a constant part nor a large linear one hides a square: 2 is linear, 4 is quadratic.
/// </summary>
/// <remarks>Covers <see cref="PatchSession"/>, <see cref="ListMatcher"/>, <see cref="ListLikeness"/>, <see cref="AdmissionSdk.Patching.Metadata.MetadataGuard"/>, <see cref="JsonDiff"/>, <see cref="CommonSubsequence"/>, <see cref="ReviewNotes"/>, <see cref="ShownText"/>, <see cref="OriginalImages"/>, <see cref="PullSecrets"/>, <see cref="ScopeMatches"/>, <see cref="RuleMatch"/>, <see cref="ImageGuard"/>.</remarks>
public sealed class GrowthTests
{
    // n log n is 2.2 at these sizes; lists and dictionaries that double their room make bytes jump.
    private const double MostSteps = 2.6;
    private const double MostBytes = 3.2;

    public static TheoryData<string> Names => [.. GrowthPaths.All.Keys];

    public static TheoryData<string> QuadraticNames => [.. Quadratic.Paths().Select(path => path.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Path_TwiceTheSize_TakesTwiceTheSteps(string name)
    {
        var (steps, bytes, report) = Measure(name);

        Assert.True(steps <= MostSteps && bytes <= MostBytes, report);
    }

    [Fact]
    public void Paths_All_AreAtLeast25() => Assert.InRange(GrowthPaths.All.Count, 25, int.MaxValue);

    /// <summary>The measure itself: each of the ways to be quadratic is found.</summary>
    [Theory]
    [MemberData(nameof(QuadraticNames))]
    public void Walk_QuadraticCode_IsFound(string name)
    {
        var (steps, bytes, report) = Measure(name);

        Assert.True(steps > MostSteps || bytes > MostBytes, report);
    }

    private static (double Steps, double Bytes, string Report) Measure(string name)
    {
        var size = GrowthPaths.Sizes.GetValueOrDefault(name, GrowthPaths.DefaultSize);
        // Metadata and code are made at the first walk.
        CountedWorld.Instance.Walk(name, 8);
        var walks = new[] { size, 2 * size, 4 * size }.Select(n => CountedWorld.Instance.Walk(name, n)).ToList();
        var (steps, bytes) = (Growth(walks, walk => walk.Steps, noise: 256), Growth(walks, walk => walk.Bytes, noise: 1 << 16));
        return (steps, bytes, $"{name}: at {size} and its double and fourfold steps {string.Join(", ", walks.Select(walk => walk.Steps))} ({steps:0.00}), bytes {string.Join(", ", walks.Select(walk => walk.Bytes))} ({bytes:0.00})");
    }

    private static double Growth(List<(long Steps, long Bytes)> walks, Func<(long Steps, long Bytes), long> measure, long noise)
    {
        var (first, second) = (measure(walks[1]) - measure(walks[0]), measure(walks[2]) - measure(walks[1]));
        return first < noise ? 0 : (double)second / first;
    }
}
