using System.Diagnostics;
using System.Globalization;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>
/// The memory that a process may have: a cgroup of its own where one can be made, as root, else the limit of the garbage collector, which is what the runtime would take in such a
/// cgroup, and a resident size that is watched. With <see cref="RequiredKey"/>, as in .ci/run, a cgroup that cannot be made is a failure.
/// </summary>
internal sealed class MemoryCage : IDisposable
{
    /// <summary>The environment variable that makes a cgroup a must.</summary>
    public const string RequiredKey = "ADMISSION_CGROUP";

    private const string Hierarchy = "/sys/fs/cgroup";
    private static int _count;

    private readonly string? _group;

    private MemoryCage(long limit, string? group) => (Limit, _group) = (limit, group);

    public long Limit { get; }

    public string Kind => _group is null ? "GCHeapHardLimit" : "cgroup";

    public static MemoryCage Create(long limit)
    {
        var name = $"admission-load-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}";
        var failures = new List<string>();
        foreach (var (folder, file) in new[] { ($"{Hierarchy}/memory", "memory.limit_in_bytes"), (Hierarchy, "memory.max") })
        {
            var group = Path.Combine(folder, name);
            if (TryCreate(folder, group, file, limit, failures))
            {
                return new(limit, group);
            }
        }

        return Environment.GetEnvironmentVariable(RequiredKey) is null
            ? new(limit, group: null)
            : throw new InvalidOperationException($"{RequiredKey} is set, and a memory cgroup cannot be made: {string.Join("; ", failures)}. Run the tests as root where /sys/fs/cgroup is writable.");
    }

    /// <summary>Makes a process that will live in the cage.</summary>
    public ProcessStartInfo Start(string program, IEnumerable<string> arguments)
    {
        if (_group is null)
        {
            // The runtime takes three quarters of a container's memory for the heap.
            return new(program, arguments) { Environment = { ["DOTNET_GCHeapHardLimit"] = (Limit / 4 * 3).ToString("x", CultureInfo.InvariantCulture) } };
        }

        return new("/bin/sh", ["-c", "echo $$ > \"$0\" && exec \"$@\"", Path.Combine(_group, "cgroup.procs"), program, .. arguments]);
    }

    public void Dispose()
    {
        if (_group is not null && Directory.Exists(_group))
        {
            // Only the folder itself: the files in it are the kernel's. The kernel needs a moment to see that the process is gone.
            for (var attempt = 0; attempt < 50; attempt++)
            {
                using var rmdir = Process.Start("rmdir", ["--", _group]);
                rmdir.WaitForExit();
                if (rmdir.ExitCode == 0)
                {
                    return;
                }

                Thread.Sleep(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private static bool TryCreate(string folder, string group, string file, long limit, List<string> failures)
    {
        if (!Directory.Exists(folder))
        {
            failures.Add($"{folder} does not exist");
            return false;
        }

        try
        {
            Directory.CreateDirectory(group);
            var path = Path.Combine(group, file);
            if (File.Exists(path))
            {
                File.WriteAllText(path, limit.ToString(CultureInfo.InvariantCulture));
                return true;
            }

            failures.Add($"{folder} has no {file}");
            Directory.Delete(group);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failures.Add(exception.Message);
        }

        return false;
    }
}
