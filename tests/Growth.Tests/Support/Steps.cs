namespace Growth.Tests.Support;

/// <summary>The steps of rewritten code: a method entered, a loop gone round, an element that a method of .NET looks at.</summary>
public static class Steps
{
    private static long _count;

    public static long Count => Volatile.Read(ref _count);

    public static void Add() => Interlocked.Increment(ref _count);

    public static void Add(long more) => Interlocked.Add(ref _count, more);
}
