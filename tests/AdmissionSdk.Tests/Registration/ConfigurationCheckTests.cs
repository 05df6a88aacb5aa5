using AdmissionSdk.Certificates;
using AdmissionSdk.Configuration;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Manifests;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Registration;

/// <summary>Every kind of mistake under AdmissionWebhooks is read in the same way before the start, which it stops, and later, when it changes nothing.</summary>
/// <remarks>Covers <see cref="ConfigurationServices"/>, <see cref="SectionReader"/>, <see cref="ConfiguredWebhooks"/>, <see cref="OptionsCheck{T}"/>, <see cref="ManifestKeysCheck"/>, <see cref="AdmissionTlsSection"/>, <see cref="StartCheckValidator"/>, <see cref="WebhookRegistryFactory"/>.</remarks>
public sealed class ConfigurationCheckTests
{
    private const string Root = "AdmissionWebhooks";
    private const string Own = $"{Root}:Webhooks:{WebhookHost.Name}";

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { $"{Own}:Mode", "Wran", " is \"Wran\"; it must be Enforce, Warn or Audit." },
        { $"{Own}:Mode:0", "Warn", $"{Own}:Mode is a section (it has 0); it must be one text." },
        { $"{Own}:FailurePolicy", "sometimes", " is \"sometimes\"; it must be Fail or Ignore." },
        { $"{Own}:Order", "first", " is \"first\"; it must be a whole number." },
        { $"{Own}:ExemptsNamespaces", "no", " is \"no\"; it must be true or false." },
        { $"{Own}:ExemptNamespaces", "a", " is \"a\"; it must be a list, such as ExemptNamespaces:0." },
        { $"{Own}:ObjectSelector", "a in b", " is \"a in b\", which is not a selector; write it as kubectl does: team=web,stage in (test,prod),!legacy." },
        { $"{Own}:ReinvocationPolicy", "Never", " is set, and the webhook is validating; only mutating ones have it." },
        { $"{Own}:Mod", "Warn", " is not a setting of a webhook; there are ExemptNamespaces, ExemptsNamespaces, " },
        { Own, "Warn", " is \"Warn\"; it must be a section, with any of ExemptNamespaces, " },
        { $"{Root}:Webhooks:other.example.com:Mode", "Warn", $"{Root}:Webhooks:other.example.com names no webhook of this application; it has {WebhookHost.Name}." },
        { $"{Root}:Webhooks", "Warn", " is \"Warn\"; it must have a section for each webhook." },
        { $"{Root}:Webhook:{WebhookHost.Name}:Mode", "Warn", $"{Root}:Webhook is not a setting; there are Connections, DeadlineMargin, " },
        { $"{Root}:DrainDelay", "5", " is \"5\"; it must be a time such as 5s." },
        { $"{Root}:DrainDely", "5s", " is not a setting; there are Connections, DeadlineMargin, DefaultMaxConcurrentReviews, DefaultTimeout, DrainDelay, Manifests, MaxBytesInFlight, MaxObjectDepth, MaxRequestBodyBytes, Tls, Webhooks." },
        { $"{Root}:MaxObjectDepth", "5000", "MaxObjectDepth is 5000; it must be 1 to 4000." },
        { $"{Root}:Tsl:Port", "1", $"{Root}:Tsl is not a setting; there are Connections, DeadlineMargin, " },
        { $"{Root}:Tls:Port", "abc", " is \"abc\"; it must be a number from 0 to 65535." },
        { $"{Root}:Tls:CertifcatePath", "/tls/tls.crt", " is not a setting; there are Address, CertificatePath, ClientCaPath, ClientNames, DevelopmentCertificatePath, DevelopmentHostNames, KeyPath, ManagedCertificates, Mode, PollInterval, Port." },
        { $"{Root}:Tls:CertificatePath", "", " is empty; it must be the path of a file, or not be set at all." },
        { $"{Root}:Tls:ClientNames", "a", " is \"a\"; it must be a list, such as ClientNames:0." },
        { $"{Root}:Tls:KeyPath", "/tls/tls.key", "KeyPath is set and CertificatePath is not; set both or neither." },
        { $"{Root}:Tls", "8443", " is \"8443\"; it must be a section, with any of Address, " },
        { $"{Root}:Manifests:Ap", "a", " is not a setting; there are App, CaBundlePath, Certificates, GuardPolicies, InjectCaFrom, KubeVersion, Namespace, ServiceName, ServicePort, Url." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Start_Mistake_StopsItWithOneSentence(string key, string value, string problem)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync((key, value)));

        Assert.StartsWith(Expected(key, problem), Assert.Single(Problems(exception)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Change_Mistake_IsLoggedAndChangesNothing(string key, string value, string problem)
    {
        await using var host = await StartAsync();
        var before = Settings(host);
        var configuration = (IConfigurationRoot)host.Host.Services.GetRequiredService<IConfiguration>();

        configuration[$"{Own}:OnError"] = "Deny";
        configuration[key] = value;
        configuration.Reload();

        Assert.Equal(before, Settings(host));
        Assert.Contains(Expected(key, problem), host.Line("SettingsRefused").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MistakesOfEveryKind_AreInOneMessage()
    {
        var exception = await Assert.ThrowsAsync<WebhookRegistrationException>(() => StartAsync(
            ($"{Own}:Mode", "Wran"), ($"{Root}:DrainDelay", "5"), ($"{Root}:Tls:Port", "abc"), ($"{Root}:Tls:CertifcatePath", "/tls/tls.crt"), ($"{Root}:Manifests:Ap", "a"), ($"{Root}:Tsl:Port", "1")));

        Assert.Equal(6, exception.Problems.Count);
    }

    [Fact]
    public async Task Start_ListenerWithoutWebhooks_IsCheckedToo()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => TlsHost.StartAsync(configure: builder => builder.Configuration.AddInMemoryCollection([new($"{Root}:Tls:Port", "abc"), new($"{Root}:Tls:Prt", "1")])));

        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public async Task Start_WhatTheGeneratedDeploymentSets_IsKnown()
    {
        await using var host = await StartAsync(
            ($"{Root}:Manifests:App", "app"), ($"{Root}:Manifests:Namespace", "ns"), ($"{Root}:Manifests:ServiceName", "service"), ($"{Root}:Manifests:ServicePort", "8443"),
            ($"{Root}:Manifests:Url", "https://hook.example.com/"), ($"{Root}:Manifests:Certificates", "secret"), ($"{Root}:Tls:CertificatePath", "/tls/tls.crt"));

        Assert.DoesNotContain(host.Logs, record => record.Id.Name is "SettingsRefused" or "LintNotRun");
    }

    private static EffectiveSettings Settings(ObservedHost host) => host.Host.Services.GetRequiredService<WebhookRuntimes>().All[0].Settings;

    private static string Expected(string key, string problem) => problem.StartsWith(' ') ? key + problem : problem;

    private static IEnumerable<string> Problems(Exception exception) => exception switch
    {
        WebhookRegistrationException registration => registration.Problems,
        OptionsValidationException options => options.Failures,
        _ => [exception.ToString()],
    };

    private static Task<ObservedHost> StartAsync(params (string Key, string Value)[] settings) => ObservedHost.StartAsync(
        webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, hook => hook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Deny("no"))),
        services: services => services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build()));
}
