using System.Diagnostics;

namespace AdmissionSdk.LoadTests;

/// <summary>What the process holds now.</summary>
internal sealed record Footprint(long Memory, int Threads)
{
    private const long MemoryAllowed = 16 << 20;
    private const int ThreadsAllowed = 32;

    /// <summary>Managed memory that is in use, and the threads that are not the pool's.</summary>
    public static Footprint Now() =>
        new(GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().Threads.Count - ThreadPool.ThreadCount);

    /// <summary>Neither has grown by more than chance, and the pool's threads are as many as it is allowed.</summary>
    public void AssertNotGrown(Footprint before)
    {
        Assert.True(Memory - before.Memory < MemoryAllowed, $"{before} became {this}");
        Assert.True(Threads - before.Threads < ThreadsAllowed, $"{before} became {this}");
        // The pool fills up to its minimum sooner or later, whatever is sent.
        ThreadPool.GetMinThreads(out var minimum, out _);
        Assert.True(ThreadPool.ThreadCount < minimum + 64, $"{ThreadPool.ThreadCount} threads of the pool, whose minimum is {minimum}");
    }

    public override string ToString() => $"{Memory >> 10} KiB and {Threads} threads beside the pool's";
}
