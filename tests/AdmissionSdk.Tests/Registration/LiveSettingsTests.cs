using System.Net;
using AdmissionSdk.Configuration;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Registration;

/// <summary>The section AdmissionWebhooks:Webhooks:{name} wins over code, and takes effect with the next review.</summary>
/// <remarks>Covers <see cref="EffectiveSettings"/>, <see cref="WebhookRuntimes"/>, <see cref="ConfiguredWebhooks"/>.</remarks>
public sealed class LiveSettingsTests
{
    private const string Section = $"AdmissionWebhooks:Webhooks:{WebhookHost.Name}";

    [Fact]
    public async Task Mode_ChangesWhileRunning_NextReviewSeesIt()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Deny("no"));
        Assert.False((await host.PostAsync()).AssertReview()["allowed"]!.GetValue<bool>());

        Set(host, "Mode", "warn");
        Assert.True((await host.PostAsync()).AssertReview()["allowed"]!.GetValue<bool>());

        Set(host, "Mode", "Enforce");
        Assert.False((await host.PostAsync()).AssertReview()["allowed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task OnError_ChangesWhileRunning_NextReviewSeesIt()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Fail("no idea"));
        Assert.Equal(HttpStatusCode.InternalServerError, (await host.PostAsync()).Status);

        Set(host, "OnError", "Deny");
        Assert.Equal(500, (await host.PostAsync()).AssertReview()["status"]!["code"]!.GetValue<int>());

        Set(host, "OnError", "AllowWithWarning");
        Assert.True((await host.PostAsync()).AssertReview()["allowed"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("7s")]
    [InlineData("00:00:07")]
    public async Task Timeout_ChangesWhileRunning_IsInForce(string text)
    {
        await using var host = await StartAsync(_ => AdmissionResult.Allow());

        Set(host, "Timeout", text);

        Assert.Equal(TimeSpan.FromSeconds(7), Webhook(host).Settings.Timeout);
        var line = host.Line("SettingsInForce");
        Assert.Equal((LogLevel.Information, $"{WebhookHost.Name}: now mode Enforce, OnError Fail, OnTooLarge Fail, timeout 00:00:07, at most 64 reviews at once"), (line.Level, line.Message));
    }

    [Fact]
    public async Task MaxConcurrentReviews_ChangesWhileRunning_IsInForceAndRaisesTheThreadPool()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Allow());
        Assert.Equal(64, Webhook(host).FreeSlots);

        Set(host, "MaxConcurrentReviews", "120");

        Assert.Equal(120, Webhook(host).FreeSlots);
        ThreadPool.GetMinThreads(out var workers, out _);
        Assert.True(workers >= 120 + (2 * Environment.ProcessorCount));
    }

    [Theory]
    [InlineData("Mode", "Wran")]
    [InlineData("Mode", "7")]
    [InlineData("Timeout", "31s")]
    [InlineData("Timeout", "1500ms")]
    [InlineData("MaxConcurrentReviews", "0")]
    [InlineData("MaxConcurrentReviews", "10001")]
    [InlineData("OnError", "Explode")]
    public async Task Change_ToSomethingWrong_IsLoggedAndChangesNothing(string key, string value)
    {
        await using var host = await StartAsync(_ => AdmissionResult.Deny("no"));
        var before = Webhook(host).Settings;

        Set(host, key, value);

        Assert.Equal(before, Webhook(host).Settings);
        var line = host.Line("SettingsRefused");
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains($"{Section}:{key} is \"{value}\"; it must be", line.Message, StringComparison.Ordinal);
    }

    // A command's output may be JSON for a machine, and the console logger writes where it goes.
    [Fact]
    public async Task Settings_FromTheFirstMoment_AreLoggedByTheStartAndNotBefore()
    {
        var logs = new FakeLoggerProvider();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(logs)).AddSingleton<IConfiguration>(Configuration(("Mode", "Warn")))
            .AddAdmissionWebhooks().AddValidator<V1Pod>(WebhookHost.Name, _ => AdmissionResult.Allow());
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(EnforcementMode.Warn, provider.GetRequiredService<WebhookRuntimes>().All[0].Settings.Mode);
        Assert.Empty(logs.Collector.GetSnapshot());

        await using var host = await StartAsync(_ => AdmissionResult.Allow(), ("Mode", "Warn"));
        Assert.Contains("now mode Warn", host.Line("SettingsInForce").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WrongValue_FailsAndSaysWhatIsRight()
    {
        var exception = await Assert.ThrowsAsync<WebhookRegistrationException>(() => StartAsync(_ => AdmissionResult.Allow(), ("Mode", "Wran")));

        Assert.Contains("it must be Enforce, Warn or Audit.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownWebhook_FailsAndNamesThoseThatExist()
    {
        var exception = await Assert.ThrowsAsync<WebhookRegistrationException>(
            () => StartAsync(_ => AdmissionResult.Allow(), ("../other.example.com:Mode", "Warn")));

        Assert.Contains($"names no webhook of this application; it has {WebhookHost.Name}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ModeOfAMutatingWebhook_Fails()
    {
        var exception = await Assert.ThrowsAsync<WebhookRegistrationException>(() => ObservedHost.StartAsync(
            webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, hook => hook.Path("/hook").Handle<V1Pod>(_ => AdmissionResult.Allow())),
            services: services => services.AddSingleton<IConfiguration>(Configuration(("Mode", "Warn")))));

        Assert.Contains("only validating webhooks have a mode", exception.Message, StringComparison.Ordinal);
    }

    private static WebhookRuntime Webhook(ObservedHost host) => host.Host.Services.GetRequiredService<WebhookRuntimes>().All[0];

    private static void Set(ObservedHost host, string key, string value)
    {
        var configuration = (IConfigurationRoot)host.Host.Services.GetRequiredService<IConfiguration>();
        configuration[$"{Section}:{key}"] = value;
        configuration.Reload();
    }

    private static Task<ObservedHost> StartAsync(
        Func<ValidationContext<V1Pod>, AdmissionResult> handler, params (string Key, string Value)[] settings) =>
        ObservedHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, hook => hook.Path("/hook").Handle(handler)),
            services: services => services.AddSingleton<IConfiguration>(Configuration(settings)));

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(
            setting.Key.StartsWith("../", StringComparison.Ordinal) ? $"AdmissionWebhooks:Webhooks:{setting.Key[3..]}" : $"{Section}:{setting.Key}",
            (string?)setting.Value))).Build();
}
