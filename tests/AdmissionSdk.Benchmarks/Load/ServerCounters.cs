namespace AdmissionSdk.Benchmarks.Load;

/// <summary>The server's own counts since its start.</summary>
/// <param name="Allocated">Bytes allocated.</param>
/// <param name="Methods">Methods compiled while it ran.</param>
/// <param name="CompilationMicroseconds">The time that compiling took, on all threads.</param>
internal sealed record ServerCounters(long Allocated, long Methods, long CompilationMicroseconds);
