using System.Globalization;
using System.Runtime.InteropServices;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>Describes the machine in one line.</summary>
internal static class Machine
{
    public static string Describe(LoadOptions options)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown processor";
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1024.0 / 1024 / 1024;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{processor}, {Environment.ProcessorCount} cores, {memory:0} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}; "
            + $"the server on {(options.Cores == 1 ? "core 0" : $"cores 0 to {options.Cores - 1}")}, the load on core {options.ClientCore}; load average {Load()}.");
    }

    private static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
