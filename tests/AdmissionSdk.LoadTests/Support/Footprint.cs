using System.Diagnostics;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>Memory and threads of the process.</summary>
internal sealed record Footprint(long Memory, int Threads)
{
    private const long MemoryAllowed = 16 << 20;
    private const int ThreadsAllowed = 32;

    /// <summary>Measures the managed memory in use, and the threads outside the pool.</summary>
    public static Footprint Now() =>
        new(GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().Threads.Count - ThreadPool.ThreadCount);

    /// <summary>Asserts that memory and threads have grown by no more than chance, and that the pool keeps to its number of threads.</summary>
    public void AssertNotGrown(Footprint before)
    {
        Assert.True(Memory - before.Memory < MemoryAllowed, $"{before} became {this}");
        Assert.True(Threads - before.Threads < ThreadsAllowed, $"{before} became {this}");
        // The pool fills up to its minimum sooner or later under any load.
        ThreadPool.GetMinThreads(out var minimum, out _);
        Assert.True(ThreadPool.ThreadCount < minimum + 64, $"{ThreadPool.ThreadCount} threads of the pool, whose minimum is {minimum}");
    }

    public override string ToString() => $"{Memory >> 10} KiB and {Threads} threads outside the pool";
}
