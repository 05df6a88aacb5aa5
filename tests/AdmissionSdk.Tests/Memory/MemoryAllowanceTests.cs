using AdmissionSdk.Memory;

namespace AdmissionSdk.Tests.Memory;

/// <summary>The division of the memory adds up at every size of a pod.</summary>
/// <remarks>Covers <see cref="MemoryAllowance"/>.</remarks>
public sealed class MemoryAllowanceTests
{
    private const long MiB = 1024 * 1024;

    public static TheoryData<long> Totals() => [1, MiB, 48 * MiB, 96 * MiB, 192 * MiB, 384 * MiB, 768 * MiB, 24L * 1024 * MiB, long.MaxValue / 2];

    [Theory]
    [MemberData(nameof(Totals))]
    public void Parts_OfAnySize_AreWithinTheTotal(long total)
    {
        var allowance = new MemoryAllowance(total);

        Assert.True(allowance.Connections >= 0 && allowance.Streams >= 0);
        Assert.True(allowance.Reviews >= allowance.Streams, "Reviews get the largest part.");
        Assert.True(allowance.Reviews + allowance.Connections + allowance.Streams <= total);
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public void Parts_OfMoreMemory_AreNotSmaller(long total)
    {
        var (less, more) = (new MemoryAllowance(total), new MemoryAllowance(total + MiB));

        Assert.True(more.Connections >= less.Connections && more.Streams >= less.Streams && more.Reviews >= less.Reviews);
    }

    [Theory]
    [InlineData(384, 537, 421)] // a container of 512 MiB, of which the runtime gives the heap three quarters
    [InlineData(768, 1152, 903)]
    [InlineData(1, 64, 32)]
    [InlineData(24 * 1024, 4096, 2048)]
    public void Counts_OfAPod_AreWhatFits(long mebibytes, int connections, int streams)
    {
        var allowance = new MemoryAllowance(mebibytes * MiB);

        Assert.Equal(connections, allowance.CountConnections(least: 64, most: 4096));
        Assert.Equal(streams, allowance.CountStreams(least: 32, most: 2048));
    }

    [Fact]
    public void OfProcess_KnowsTheLimitOfTheCollector() =>
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, MemoryAllowance.OfProcess().Total);
}
