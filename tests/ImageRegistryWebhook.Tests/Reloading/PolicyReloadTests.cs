using System.Diagnostics.Metrics;
using AdmissionSdk.Testing;
using ImageRegistryWebhook.Reloading;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Shared;

namespace ImageRegistryWebhook.Tests.Reloading;

/// <remarks>Covers <see cref="LivePolicy"/>, <see cref="PolicyFile"/>, <see cref="PolicyWatcher"/>, <see cref="PolicyHealthCheck"/>, <see cref="PolicySetup"/>.</remarks>
public sealed class PolicyReloadTests : IDisposable
{
    private const string Allow = "default: allow";
    private const string Deny = "default: deny";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly SerialTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
    private readonly string _directory = Directory.CreateTempSubdirectory("policy-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Poll_FileHasChanged_TheNewPolicyDecides()
    {
        await using var webhook = await StartAsync(Allow);
        Assert.True(await IsAllowedAsync(webhook));

        await File.WriteAllTextAsync(webhook.PolicyPath, Deny);
        _time.Advance(Interval);

        Assert.False(await IsAllowedAsync(webhook));
        Assert.Contains(Logs(webhook), record => record.Level == LogLevel.Information && record.Message.Contains("has changed and is in force, with 0 rules", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Poll_NewPolicyHasErrors_TheOldOneStaysAndTheLogSaysWhy()
    {
        await using var webhook = await StartAsync(Deny);

        await File.WriteAllTextAsync(webhook.PolicyPath, "rules: []\ndefault: perhaps\nsurprise: 1\n");
        _time.Advance(Interval);

        Assert.False(await IsAllowedAsync(webhook));
        var error = Assert.Single(Logs(webhook), record => record.Level == LogLevel.Error).Message;
        Assert.StartsWith("The policy has changed and is not valid; the one before stays in force.", error, StringComparison.Ordinal);
        Assert.Contains($"{webhook.PolicyPath}:2:10: ", error, StringComparison.Ordinal);
        Assert.Contains($"{webhook.PolicyPath}:3:1: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_BadFileIsStillThere_IsSaidOnce()
    {
        await using var webhook = await StartAsync(Deny);
        await File.WriteAllTextAsync(webhook.PolicyPath, "default: perhaps");

        _time.Advance(Interval);
        _time.Advance(Interval);
        _time.Advance(Interval);

        Assert.Single(Logs(webhook), record => record.Level == LogLevel.Error);
    }

    [Fact]
    public async Task Readiness_OlderPolicyInForce_IsDegradedUntilTheFileIsRight()
    {
        await using var webhook = await StartAsync(Deny);
        Assert.Contains("policy: Healthy", await webhook.Host.Client.GetStringAsync("/readyz"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(webhook.PolicyPath, "default: perhaps");
        _time.Advance(Interval);
        // GetStringAsync throws at any status but 200.
        Assert.Contains($"policy: Degraded (an older policy is in force: {webhook.PolicyPath}:1:10: ", await webhook.Host.Client.GetStringAsync("/readyz"), StringComparison.Ordinal);

        await File.WriteAllTextAsync(webhook.PolicyPath, Allow);
        _time.Advance(Interval);
        Assert.Contains("policy: Healthy", await webhook.Host.Client.GetStringAsync("/readyz"), StringComparison.Ordinal);
        Assert.True(await IsAllowedAsync(webhook));
    }

    [Fact]
    public async Task Metrics_Reloads_AreCountedByOutcome()
    {
        await using var webhook = await StartAsync(Deny);
        using var reloads = new MetricCollector<long>(
            webhook.Host.Services.GetRequiredService<IMeterFactory>(), "ImageRegistryWebhook", "image_registry.policy.reloads");

        foreach (var text in new[] { Allow, "default: perhaps", Deny })
        {
            await File.WriteAllTextAsync(webhook.PolicyPath, text);
            _time.Advance(Interval);
        }

        Assert.Equal(["loaded", "invalid", "loaded"], reloads.GetMeasurementSnapshot().Select(measurement => measurement.Tags["outcome"]));
    }

    [Fact]
    public async Task Poll_FileIsGone_TheOldPolicyStays()
    {
        await using var webhook = await StartAsync(Deny);

        File.Delete(webhook.PolicyPath);
        _time.Advance(Interval);

        Assert.False(await IsAllowedAsync(webhook));
        Assert.Contains("cannot be read", Assert.Single(Logs(webhook), record => record.Level == LogLevel.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poll_MountedConfigMapIsSwapped_TheNewPolicyDecides()
    {
        // As the kubelet does: the file is a link into a directory, the directory is a link too, and the second link is replaced.
        foreach (var (version, text) in new[] { ("..1", Allow), ("..2", Deny) })
        {
            Directory.CreateDirectory(Path.Combine(_directory, version));
            await File.WriteAllTextAsync(Path.Combine(_directory, version, "policy.yaml"), text);
        }

        var data = Path.Combine(_directory, "..data");
        Directory.CreateSymbolicLink(data, "..1");
        var file = Path.Combine(_directory, "policy.yaml");
        File.CreateSymbolicLink(file, Path.Combine("..data", "policy.yaml"));
        await using var webhook = await StartAsync(Deny, $"--PolicyFile={file}");
        Assert.True(await IsAllowedAsync(webhook));

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "..2");
        _time.Advance(Interval);

        Assert.False(await IsAllowedAsync(webhook));
    }

    [Fact]
    public async Task Poll_LockFileHasChanged_TheNewDigestIsUsed()
    {
        var lockFile = Path.Combine(_directory, "images.lock");
        await File.WriteAllTextAsync(lockFile, $"version: 1\nimages:\n  'quay.io/a/b:1': '{SamplePods.Digest}'\n");
        await using var webhook = await StartAsync($"default: allow\npin: {{lockFile: '{lockFile}'}}");
        var next = SamplePods.Digest.Replace("e6", "ff", StringComparison.Ordinal);

        await File.WriteAllTextAsync(lockFile, $"version: 1\nimages:\n  'quay.io/a/b:1': '{next}'\n");
        _time.Advance(Interval);

        var outcome = await webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("quay.io/a/b:1")));
        Assert.Equal($"quay.io/a/b:1@{next}", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Poll_FirstPolicyWithNamespaceLabels_IsNotTaken()
    {
        await using var webhook = await StartAsync(Deny);

        await File.WriteAllTextAsync(webhook.PolicyPath, "rules: [{name: prod, match: {namespaceLabels: {matchLabels: {env: prod}}}, action: deny}]\ndefault: allow");
        _time.Advance(Interval);

        Assert.False(await IsAllowedAsync(webhook));
        Assert.Contains("restart the webhook", Assert.Single(Logs(webhook), record => record.Level == LogLevel.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PolicyHasErrors_FailsWithAllOfThem()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => WebhookUnderTest.StartAsync(
            "rules:\n  - {name: a, action: rewrite}\n  - {name: a, action: allow, target: x}\ndefault: perhaps\n"));

        var lines = exception.Message.Split('\n');
        Assert.Equal("The policy is not valid:", lines[0]);
        Assert.Equal([2, 3, 3, 4], lines[1..].Select(line => int.Parse(line.Split("policy.yaml:")[1].Split(':')[0], null)).Order());
    }

    [Fact]
    public async Task Start_NoPolicyFile_FailsAndNamesIt()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => WebhookUnderTest.StartAsync("", "--PolicyFile=/nowhere/policy.yaml"));

        Assert.Contains("/nowhere/policy.yaml cannot be read", exception.Message, StringComparison.Ordinal);
    }

    private Task<WebhookUnderTest> StartAsync(string policy, params string[] arguments) => WebhookUnderTest.StartAsync(
        policy,
        services =>
        {
            services.AddSingleton<TimeProvider>(_time);
            services.AddLogging(logging => logging.ClearProviders().AddFakeLogging());
        },
        ["--Logging:LogLevel:Default=Information", .. arguments]);

    private static IEnumerable<FakeLogRecord> Logs(WebhookUnderTest webhook) =>
        webhook.Host.Services.GetFakeLogCollector().GetSnapshot().Where(record => record.Category?.StartsWith("ImageRegistryWebhook.Reloading", StringComparison.Ordinal) == true);

    private static async Task<bool> IsAllowedAsync(WebhookUnderTest webhook) =>
        (await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("quay.io/a/b:1")))).Allowed;
}
