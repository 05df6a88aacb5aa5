using System.Globalization;

namespace AdmissionSdk.Benchmarks.Load;

/// <summary>A control group with a quota of processor time, as the kubelet makes for a limit; of version 1, and root only.</summary>
internal sealed class CpuQuota : IDisposable
{
    private const int Period = 100_000;

    public CpuQuota(double cores)
    {
        Directory = $"/sys/fs/cgroup/cpu/admission-load-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        try
        {
            System.IO.Directory.CreateDirectory(Directory);
            File.WriteAllText(Path.Combine(Directory, "cpu.cfs_period_us"), Period.ToString(CultureInfo.InvariantCulture));
            File.WriteAllText(Path.Combine(Directory, "cpu.cfs_quota_us"), ((int)(cores * Period)).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"--cpu: {Directory} cannot be made: {exception.Message} Run as root where control groups of version 1 are mounted.");
        }
    }

    public string Directory { get; }

    // The last process has ended, but the kernel may not have noticed yet.
    public void Dispose()
    {
        for (var i = 0; i < 50; i++)
        {
            try
            {
                System.IO.Directory.Delete(Directory);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(20);
            }
        }
    }
}
