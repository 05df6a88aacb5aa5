using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Certificates;

/// <summary>The section AdmissionWebhooks:Tls wins over the code.</summary>
/// <remarks>Covers <see cref="AdmissionTlsSection"/>, <see cref="AdmissionTlsOptions"/>, <see cref="AdmissionTlsOptionsValidator"/>.</remarks>
public sealed class AdmissionTlsSectionTests
{
    [Fact]
    public void Options_EverySetting_IsReadFromTheConfigurationAndWinsOverCode()
    {
        var options = Read(
            options =>
            {
                (options.Port, options.PollInterval, options.CertificatePath) = (1, TimeSpan.FromHours(1), "/code");
                options.ClientNames.Add("code");
                options.DevelopmentHostNames.Add("code");
            },
            ("Address", "10.1.2.3"), ("Port", "9443"), ("CertificatePath", "/tls/tls.crt"), ("KeyPath", "/tls/tls.key"), ("PollInterval", "10s"), ("DevelopmentCertificatePath", "/dev.pem"),
            ("DevelopmentHostNames:0", "a"), ("DevelopmentHostNames:1", "b"), ("ClientCaPath", "/ca.crt"), ("ClientNames:0", "kube-apiserver"));

        Assert.Equal("10.1.2.3", options.Address);
        Assert.Equal((9443, "/tls/tls.crt", "/tls/tls.key", TimeSpan.FromSeconds(10)), (options.Port, options.CertificatePath, options.KeyPath, options.PollInterval));
        Assert.Equal(("/dev.pem", "/ca.crt"), (options.DevelopmentCertificatePath, options.ClientCaPath));
        Assert.Equal(["a", "b"], options.DevelopmentHostNames);
        Assert.Equal(["kube-apiserver"], options.ClientNames);
    }

    [Fact]
    public void Options_NothingIsConfigured_AreThoseOfTheCode()
    {
        var options = Read(
            options =>
            {
                (options.Port, options.ClientCaPath) = (1, "/ca.crt");
                options.ClientNames.Add("code");
            },
            ("Port", ""), ("ClientNames", ""));

        Assert.Equal((1, TimeSpan.FromSeconds(30)), (options.Port, options.PollInterval));
        Assert.Equal(["code"], options.ClientNames);
    }

    [Fact]
    public void Options_EveryProperty_CanBeConfigured()
    {
        var properties = typeof(AdmissionTlsOptions).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal);

        var exception = Assert.Throws<OptionsValidationException>(() => Read(_ => { }, ("Nonsense", "1")));

        Assert.Equal($"AdmissionWebhooks:Tls:Nonsense is not a setting; there are {string.Join(", ", properties)}.", Assert.Single(exception.Failures));
    }

    [Theory]
    [InlineData("files", "/tls/tls.crt", CertificateMode.Files)]
    [InlineData(null, "/tls/tls.crt", CertificateMode.Files)]
    [InlineData("Development", null, CertificateMode.Development)]
    public void Options_ModeOrPathOfTheConfiguration_ReplaceThoseOfTheCode(string? mode, string? path, CertificateMode expected)
    {
        foreach (var code in new Action<AdmissionTlsOptions>[]
        {
            options => options.CertificatePath = "/code/tls.crt",
            options => options.Mode = CertificateMode.Development,
        })
        {
            var options = Read(code, ("Mode", mode ?? ""), path is null ? ("Port", "") : ("CertificatePath", path));

            Assert.Equal((expected, path), (options.EffectiveMode, options.CertificatePath));
        }
    }

    [Theory]
    [InlineData("Files", null, "Mode is Files and CertificatePath is not set; set CertificatePath to the PEM file with the certificate.")]
    [InlineData("development", "/tls/tls.crt", "Mode is Development and CertificatePath is set; set one of them, or Mode to Files.")]
    [InlineData("cert-manager", null, "AdmissionWebhooks:Tls:Mode is \"cert-manager\"; it must be Development, Files or Managed.")]
    public void Options_ModeThatCannotWork_IsOneSentence(string mode, string? path, string failure)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(_ => { }, ("Mode", mode), path is null ? ("Port", "") : ("CertificatePath", path)));

        Assert.Contains(failure, exception.Failures);
    }

    private static AdmissionTlsOptions Read(Action<AdmissionTlsOptions> configure, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{SectionNames.Tls}:{setting.Key}", (string?)setting.Value)))
            .Build());
        services.AddAdmissionTls(configure);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider.GetRequiredService<IOptions<AdmissionTlsOptions>>().Value;
    }
}
