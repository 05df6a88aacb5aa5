using AdmissionSdk.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Cluster;

/// <summary>Impossible settings of look-ups stop the start, all in one message.</summary>
/// <remarks>Covers <see cref="ClusterLookupOptionsValidator"/>, <see cref="NamespaceLookupOptionsValidator"/>, <see cref="LookupTimeout"/>, <see cref="ClusterServices"/>.</remarks>
public sealed class LookupOptionsTests
{
    [Fact]
    public void Start_ImpossibleClusterLookupOptions_AreNamed() => AssertRefused(
        services => services.AddAdmissionWebhooks().AddClusterLookup(options => (options.MaxConcurrent, options.Timeout) = (0, Timeout.InfiniteTimeSpan)),
        "ClusterLookupOptions.Timeout is -00:00:00.0010000; it must be more than zero and at most 30 seconds, the longest that a review can take.",
        "ClusterLookupOptions.MaxConcurrent is 0; it must be positive, or nothing could ever be looked up.");

    [Fact]
    public void Start_ImpossibleNamespaceLookupOptions_AreNamed() => AssertRefused(
        services => services.AddAdmissionWebhooks().AddNamespaceLookup(options =>
        {
            options.MaxNamespaces = -1;
            options.MaxStaleness = TimeSpan.Zero;
            options.FirstSyncTimeout = TimeSpan.FromSeconds(-1);
            options.Timeout = TimeSpan.FromMinutes(1);
        }),
        "NamespaceLookupOptions.MaxNamespaces is -1; it must be positive.",
        "NamespaceLookupOptions.MaxStaleness is 00:00:00; it must be more than zero, or nothing would ever be answered from memory.",
        "NamespaceLookupOptions.FirstSyncTimeout is -00:00:01; it must not be negative.",
        "NamespaceLookupOptions.Timeout is 00:01:00; it must be more than zero and at most 30 seconds, the longest that a review can take.");

    [Fact]
    public void Start_DefaultsOfLookups_AreFine()
    {
        var services = new ServiceCollection();
        services.AddAdmissionWebhooks().AddNamespaceLookup();
        using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IStartupValidator>().Validate();
    }

    private static void AssertRefused(Action<IServiceCollection> add, params string[] failures)
    {
        var services = new ServiceCollection();
        add(services);
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(failures, exception.Failures);
    }
}
