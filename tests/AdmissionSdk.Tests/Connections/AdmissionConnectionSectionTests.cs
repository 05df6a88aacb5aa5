using AdmissionSdk.Configuration;
using AdmissionSdk.Connections;
using AdmissionSdk.Memory;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Connections;

/// <summary>The section AdmissionWebhooks:Connections wins over code, and code over what the memory allows.</summary>
/// <remarks>Covers <see cref="AdmissionConnectionSection"/>, <see cref="AdmissionConnectionOptions"/>, <see cref="AdmissionConnectionOptionsValidator"/>, <see cref="ConnectionLimits"/>, <see cref="ConnectionServices"/>.</remarks>
public sealed class AdmissionConnectionSectionTests
{
    [Fact]
    public void Options_EverySetting_IsReadFromTheConfigurationAndWinsOverCode()
    {
        var options = Read(
            options => (options.MaxConnections, options.FirstRequestTimeout) = (17, TimeSpan.FromSeconds(1)),
            ("MaxConnections", "100"), ("MaxConnectionsPerAddress", "20"), ("MaxHandshakes", "30"), ("MaxRequests", "40"), ("FirstRequestTimeout", "5s"));

        Assert.Equal(
            new ConnectionLimits(100, 20, 30, 40, TimeSpan.FromSeconds(5)), ConnectionLimits.Of(options, new MemoryAllowance(1)));
    }

    [Fact]
    public void Options_EveryProperty_CanBeConfigured()
    {
        var properties = typeof(AdmissionConnectionOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal);

        var exception = Assert.Throws<OptionsValidationException>(() => Read(_ => { }, ("Nonsense", "1")));

        Assert.Equal($"AdmissionWebhooks:Connections:Nonsense is not a setting; there are {string.Join(", ", properties)}.", Assert.Single(exception.Failures));
    }

    [Theory]
    [InlineData("MaxConnections", "15", "AdmissionWebhooks:Connections:MaxConnections is \"15\"; it must be a number from 16 to 100000.")]
    [InlineData("FirstRequestTimeout", "11m", "FirstRequestTimeout is 00:11:00; it must be one second to ten minutes.")]
    [InlineData("MaxHandshakes", "100000", "MaxHandshakes is 100000, and MaxConnections is 50: lower the one or raise the other.")]
    [InlineData("MaxConnectionsPerAddress", "51", "MaxConnectionsPerAddress is 51, and MaxConnections is 50: lower the one or raise the other.")]
    public void Options_ThatCannotWork_AreRefused(string key, string value, string failure)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(options => options.MaxConnections = 50, (key, value)));

        Assert.Contains(failure, exception.Failures);
    }

    [Fact]
    public void Options_OfCode_AreCheckedToo()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(options => (options.MaxConnections, options.MaxRequests) = (1, 0)));

        Assert.Equal(["MaxConnections is 1; it must be 16 to 100000.", "MaxRequests is 0; it must be 1 to 100000."], exception.Failures);
    }

    [Fact]
    public void Limits_OfA512MiBPod_AreThoseOfThePage()
    {
        // The runtime gives the heap three quarters of a container.
        var limits = ConnectionLimits.Of(Read(_ => { }), new MemoryAllowance(384L << 20));

        Assert.Equal(new ConnectionLimits(537, 268, 268, 421, TimeSpan.FromSeconds(30)), limits);
    }

    private static AdmissionConnectionOptions Read(Action<AdmissionConnectionOptions> configure, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{SectionNames.Connections}:{setting.Key}", (string?)setting.Value)))
            .Build());
        services.Configure(configure).AddConnectionLimits();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AdmissionConnectionOptions>>().Value;
    }
}
