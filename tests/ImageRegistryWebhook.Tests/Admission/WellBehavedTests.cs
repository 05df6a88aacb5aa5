using AdmissionSdk.Testing;
using ImageRegistryWebhook.Hosting;
using ImageRegistryWebhook.Tests.Policies;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>What every webhook should be.</summary>
public sealed class WellBehavedTests
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "policies");

    /// <summary>The policy that is shipped, the examples, and policies with every kind of rule.</summary>
    public static TheoryData<string> Policies =>
    [
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.yaml")),
        .. Directory.GetDirectories(Root).Order(StringComparer.Ordinal).Select(directory => File.ReadAllText(Path.Combine(directory, "policy.yaml"))),
        .. PolicyText.Samples,
    ];

    [Fact]
    public void Policies_AreThere() => Assert.True(Policies.Count > Directory.GetDirectories(Root).Length + 1);

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Mutate_Twice_IsMutatingOnce(string policy)
    {
        await using var webhook = await WebhookUnderTest.StartAsync(policy);
        var review = AdmissionReviewBuilder.Create(Samples.FullPod());

        await webhook.Host.EnsureIdempotentAsync(review, WebhookSetup.MutatorName);
        await webhook.Host.EnsureReinvocationSafeAsync(review, webhook: WebhookSetup.MutatorName);
    }

    [Fact]
    public async Task Mutator_AnyPod_IsWellBehaved()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text);

        await webhook.Host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Samples.FullPod()), webhook: WebhookSetup.MutatorName);
    }

    [Fact]
    public async Task Guard_AnyPod_IsWellBehaved()
    {
        // The sidecar that the test adds must be allowed too.
        await using var webhook = await WebhookUnderTest.StartAsync("rules: [{name: hub, match: {registries: [docker.io]}, action: warn}]\ndefault: deny");

        await webhook.Host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Samples.FullPod()), webhook: WebhookSetup.GuardName);
    }
}
