using System.Runtime.InteropServices;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Reads the processor time, user and system, of any process in nanoseconds; <c>/proc/PID/stat</c> counts in steps of 10 ms.</summary>
internal static partial class CpuClock
{
    // MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED) of the kernel's posix-timers.h.
    private const int ScheduledTime = 2;

    public static TimeSpan Of(int processId) =>
        ReadClock((~processId << 3) | ScheduledTime, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0)
            : throw new LoadException($"The processor time of process {processId} cannot be read: the process has ended.");

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out Timespec time);

    private readonly struct Timespec
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
