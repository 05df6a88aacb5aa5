using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Tests.Support;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.ManagedCertificates;

/// <summary>The mode is chosen in code or by the configuration, and a choice that cannot work stops the start with a sentence.</summary>
/// <remarks>Covers <see cref="ManagedCertificateServices"/>, <see cref="ManagedTargetCheck"/>, <see cref="ManagedInDevelopment"/>, <see cref="ManagedCertificateOptions"/>, <see cref="OwnCluster"/>, <see cref="AdmissionTlsSection"/>.</remarks>
public sealed class ManagedCertificateServicesTests
{
    [Theory]
    [InlineData("Development", false, CertificateMode.Development)]
    [InlineData("Development", true, CertificateMode.Managed)]
    [InlineData("Production", false, CertificateMode.Managed)]
    public async Task Mode_ManagedInCode_IsDevelopmentOnlyOnADevelopersMachine(string environment, bool hasCluster, CertificateMode expected)
    {
        await using var app = Build(environment, hasCluster, code: tls => tls.Managed());

        Assert.Equal(expected, app.Services.GetRequiredService<IOptions<AdmissionTlsOptions>>().Value.EffectiveMode);
    }

    [Theory]
    [InlineData("Managed", true)]
    [InlineData("Development", false)]
    [InlineData("nonsense", false)]
    public async Task HealthChecks_Mode_DecidesOnTheCheckOfTheBundle(string mode, bool expected)
    {
        await using var app = Build("Production", hasCluster: true, ("Mode", mode));

        // Options that cannot be read are refused by the start, and not by whoever maps the probes.
        var names = app.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Select(registration => registration.Name);
        Assert.Equal(expected, names.Contains("admission-certificates"));
    }

    [Fact]
    public async Task Start_ManagedInProductionWithoutACluster_NamesTheWays()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TlsHost.StartAsync(tls => tls.Managed()));

        Assert.Equal(
            "AdmissionWebhooks:Tls:Mode is Managed, without a cluster: run in a pod with the rbac.yaml that `manifests` writes, register an IKubernetes, or set AdmissionWebhooks:Tls:Mode to Development.",
            exception.Message);
    }

    [Theory]
    [InlineData("Managed", true)]
    [InlineData("Development", false)]
    public async Task Start_PlaceThatCannotBeRead_IsRefusedWhereItIsNeeded(string mode, bool isRefused)
    {
        await using var app = Build("Production", hasCluster: true, ("Mode", mode), ("../Manifests:ServicePort", "https"));
        var validate = app.Services.GetRequiredService<IStartupValidator>().Validate;

        if (isRefused)
        {
            Assert.Contains("AdmissionWebhooks:Manifests:ServicePort is \"https\"; it must be a number from 1 to 65535.", Assert.Throws<OptionsValidationException>(validate).Failures);
        }
        else
        {
            validate();
        }
    }

    [Theory]
    [InlineData("CaLifetime", "0s", "ManagedCertificates has a time that is not longer than zero;")]
    [InlineData("CaLifetime", "24h", "ManagedCertificates:CertificateLifetime is 30.00:00:00 and CaLifetime 1.00:00:00; a certificate ends with its CA,")]
    [InlineData("CertificateLifetime", "30s", "ManagedCertificates:CertificateLifetime is 00:00:30 and Interval 00:00:10; a third of the lifetime must have room for two intervals,")]
    [InlineData("PropagationDelay", "4000h", "ManagedCertificates:CaLifetime is 365.00:00:00 and PropagationDelay 166.16:00:00; a third of the lifetime must have room")]
    [InlineData("Intervall", "1s", "AdmissionWebhooks:Tls:ManagedCertificates:Intervall is not a setting; there are CaLifetime, CertificateLifetime, Interval, PropagationDelay, SecretName, Timeout.")]
    public async Task Settings_ThatCannotWork_AreOneSentence(string key, string value, string failure)
    {
        await using var app = Build("Production", hasCluster: true, ($"ManagedCertificates:{key}", value));

        var exception = Assert.Throws<OptionsValidationException>(() => app.Services.GetRequiredService<IOptions<AdmissionTlsOptions>>().Value);

        Assert.Contains(exception.Failures, text => text.StartsWith(failure, StringComparison.Ordinal));
    }

    private static WebApplication Build(string environment, bool hasCluster, params (string Key, string Value)[] settings) => Build(environment, hasCluster, null, settings);

    private static WebApplication Build(string environment, bool hasCluster, Action<AdmissionTlsOptions>? code, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
            setting.Key.StartsWith("../", StringComparison.Ordinal) ? $"{SectionNames.Root}:{setting.Key[3..]}" : $"{SectionNames.Tls}:{setting.Key}", (string?)setting.Value)));
        if (hasCluster)
        {
            builder.Services.AddSingleton<IKubernetes>(_ => throw new InvalidOperationException("The cluster is not asked."));
        }

        builder.Services.AddAdmissionTls(code);
        builder.Services.AddHealthChecks();
        return builder.Build();
    }
}
