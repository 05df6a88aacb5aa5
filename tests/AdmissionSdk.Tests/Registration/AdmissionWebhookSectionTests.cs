using AdmissionSdk.Configuration;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Registration;

/// <summary>Settings of all webhooks from the configuration: over code, and with one message for all that is wrong.</summary>
/// <remarks>Covers <see cref="AdmissionWebhookSection"/>, <see cref="AdmissionWebhookOptions"/>, <see cref="AdmissionWebhookOptionsValidator"/>, <see cref="ConfiguredOptions{T}"/>.</remarks>
public sealed class AdmissionWebhookSectionTests
{
    [Fact]
    public void Options_EverySetting_IsReadFromTheConfigurationAndWinsOverCode()
    {
        var options = Read(
            options => options.DrainDelay = TimeSpan.FromSeconds(1),
            ("MaxRequestBodyBytes", "1000"),
            ("MaxBytesInFlight", "5000000000"),
            ("DefaultTimeout", "7s"),
            ("DeadlineMargin", "250ms"),
            ("DefaultMaxConcurrentReviews", "12"),
            ("DrainDelay", "00:00:20"),
            ("MaxObjectDepth", "50"));

        Assert.Equal(1000, options.MaxRequestBodyBytes);
        Assert.Equal(5_000_000_000, options.MaxBytesInFlight);
        Assert.Equal(TimeSpan.FromSeconds(7), options.DefaultTimeout);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.DeadlineMargin);
        Assert.Equal(12, options.DefaultMaxConcurrentReviews);
        Assert.Equal(TimeSpan.FromSeconds(20), options.DrainDelay);
        Assert.Equal(50, options.MaxObjectDepth);
    }

    [Fact]
    public void Options_EveryProperty_CanBeConfigured()
    {
        // But for the resolver, which is code.
        var properties = typeof(AdmissionWebhookOptions).GetProperties().Select(property => property.Name)
            .Where(name => name != nameof(AdmissionWebhookOptions.JsonTypeInfoResolver));

        var exception = Assert.Throws<OptionsValidationException>(() => Read(null, ("Nonsense", "1")));

        Assert.Equal(
            $"AdmissionWebhooks:Nonsense is not a setting; there are {string.Join(", ", properties.Concat(["Connections", "Manifests", "Tls", "Webhooks"]).Order(StringComparer.Ordinal))}.", Assert.Single(exception.Failures));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("00:00:00")]
    public void Options_NoDrainDelay_IsZero(string text) => Assert.Equal(TimeSpan.Zero, Read(null, ("DrainDelay", text)).DrainDelay);

    [Fact]
    public void Options_NothingIsConfigured_AreThoseOfTheCode()
    {
        var options = Read(options => options.DrainDelay = TimeSpan.FromSeconds(1), ("Tls:Port", "1"), ("Webhooks:w.example.com:Timeout", "3s"), ("DeadlineMargin", ""));

        Assert.Equal(TimeSpan.FromSeconds(1), options.DrainDelay);
        Assert.Equal(TimeSpan.FromMilliseconds(150), options.DeadlineMargin);
    }

    [Fact]
    public void Options_NoConfigurationAtAll_AreThoseOfTheCode()
    {
        var services = new ServiceCollection();
        services.AddAdmissionWebhooks(options => options.MaxObjectDepth = 3);
        using var provider = services.BuildServiceProvider();

        Assert.Equal(3, provider.GetRequiredService<IOptions<AdmissionWebhookOptions>>().Value.MaxObjectDepth);
    }

    [Fact]
    public void Start_WrongValues_AreToldInOneMessage()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(
            null,
            ("DrainDelay", "5"), // would be days
            ("DrainDely", "5s"),
            ("MaxBytesInFlight", "-1"),
            ("MaxRequestBodyBytes", "16Mi"),
            ("DeadlineMargin", "2s")));

        Assert.Equal(
            [
                "AdmissionWebhooks:DrainDelay is \"5\"; it must be a time such as 5s.",
                "AdmissionWebhooks:DrainDely is not a setting; there are Connections, DeadlineMargin, DefaultMaxConcurrentReviews, DefaultTimeout, DrainDelay, Manifests, MaxBytesInFlight, MaxObjectDepth, MaxRequestBodyBytes, Tls, Webhooks.",
                "AdmissionWebhooks:MaxBytesInFlight is \"-1\"; it must be a whole number of bytes.",
                "AdmissionWebhooks:MaxRequestBodyBytes is \"16Mi\"; it must be a whole number of bytes.",
                "DeadlineMargin is 00:00:02; it must be at least zero and less than one second, the shortest timeout a webhook can have.",
            ],
            exception.Failures.Order(StringComparer.Ordinal));
    }

    private static AdmissionWebhookOptions Read(Action<AdmissionWebhookOptions>? configure, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{SectionNames.Root}:{setting.Key}", (string?)setting.Value)))
            .Build());
        services.AddAdmissionWebhooks(configure).AddValidator<V1Pod>("w.example.com", context => AdmissionResult.Allow());
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider.GetRequiredService<IOptions<AdmissionWebhookOptions>>().Value;
    }
}
