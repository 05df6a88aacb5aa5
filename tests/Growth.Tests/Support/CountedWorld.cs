using System.Reflection;
using System.Runtime.Loader;
using Growth.Tests.Paths;

namespace Growth.Tests.Support;

/// <summary>The SDK, the sample and the paths through them, loaded a second time from rewritten assemblies that count their steps.</summary>
internal sealed class CountedWorld : AssemblyLoadContext
{
    private static readonly string[] Ours = ["AdmissionSdk", "AdmissionSdk.CommandLine", "image-registry-webhook"];
    private static readonly string Directory = Path.GetDirectoryName(typeof(CountedWorld).Assembly.Location)!;

    private readonly Assembly _tests;
    private readonly Func<long> _steps;
    private readonly IReadOnlyDictionary<string, Func<int, Action>> _paths;

    private CountedWorld()
        : base("counted")
    {
        _tests = LoadFromStream(StepRewriter.Rewrite(typeof(CountedWorld).Assembly.Location));
        _steps = _tests.GetType(typeof(Steps).FullName!)!.GetProperty(nameof(Steps.Count))!.GetMethod!.CreateDelegate<Func<long>>();
        _paths = (IReadOnlyDictionary<string, Func<int, Action>>)_tests.GetType(typeof(GrowthPaths).FullName!)!.GetProperty(nameof(GrowthPaths.Everything))!.GetValue(null)!;
    }

    public static CountedWorld Instance { get; } = new();

    /// <summary>Walks a path at a size three times, and counts the least steps and allocated bytes: bytes are counted for the process, whose other threads allocate too.</summary>
    public (long Steps, long Bytes) Walk(string path, int size)
    {
        var walks = Enumerable.Range(0, 3).Select(_ => WalkOnce(path, size)).ToList();
        return (walks.Min(walk => walk.Steps), walks.Min(walk => walk.Bytes));
    }

    protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name switch
    {
        // The rewritten assemblies count in the rewritten tests.
        { } name when name == typeof(CountedWorld).Assembly.GetName().Name => _tests,
        { } name when Ours.Contains(name) => LoadFromStream(StepRewriter.Rewrite(Path.Combine(Directory, name + ".dll"))),
        // Types that the paths name in their signatures must be the same everywhere; only our own assemblies exist twice.
        _ => null,
    };

    private (long Steps, long Bytes) WalkOnce(string path, int size)
    {
        var walk = _paths[path](size);
        var (steps, bytes) = (_steps(), GC.GetTotalAllocatedBytes(precise: true));
        walk();
        return (_steps() - steps, GC.GetTotalAllocatedBytes(precise: true) - bytes);
    }
}
