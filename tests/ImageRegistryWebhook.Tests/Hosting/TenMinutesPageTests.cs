using System.Text.RegularExpressions;
using AdmissionSdk.Testing;
using ImageRegistryWebhook.Hosting;
using ImageRegistryWebhook.Policies;
using Shared;

namespace ImageRegistryWebhook.Tests.Hosting;

/// <summary>The policy and the settings of docs/ten-minutes.md work as shown.</summary>
/// <remarks>Covers docs/ten-minutes.md, <see cref="WebhookSetup"/>.</remarks>
public sealed partial class TenMinutesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "ten-minutes.md"));

    private static string Policy => PolicyText().Match(Page).Groups["text"].Value;

    [Fact]
    public void Policy_IsValidWithoutWarnings()
    {
        var load = PolicyReader.Read(Policy, "policy.yaml");

        Assert.NotNull(load.Policy);
        Assert.Empty(load.Warnings);
    }

    [Theory]
    [InlineData("Audit", true, 0)]
    [InlineData("Warn", true, 1)]
    [InlineData(null, false, 0)]
    public async Task Mode_OfTheGuard_IsSetAsThePageSetsIt(string? mode, bool allowed, int warnings)
    {
        var guard = GuardVariable().Match(Page).Groups["name"].Value.Replace("__", ":", StringComparison.Ordinal);
        Assert.Contains($"${{guard}}__Mode{(mode is null ? "-" : $"={mode}")}", Page, StringComparison.Ordinal);
        await using var webhook = await WebhookUnderTest.StartAsync(Policy, mode is null ? [] : [$"--{guard}:Mode={mode}"]);

        var outcome = await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("quay.io/prometheus/busybox:latest")));

        Assert.Equal((allowed, warnings), (outcome.Allowed, outcome.Warnings.Count));
    }

    [GeneratedRegex("^cat .*<<'POLICY'\n(?<text>.*?)^POLICY$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PolicyText();

    [GeneratedRegex("^guard=(?<name>.*)$", RegexOptions.Multiline)]
    private static partial Regex GuardVariable();
}
