using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Hosting;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>Properties that every webhook should have.</summary>
/// <remarks>Covers <see cref="ImageMutator"/>, <see cref="ImageGuard"/>, <see cref="PolicyProof"/>.</remarks>
public sealed class WellBehavedTests
{
    /// <summary>The default policy, the examples, and policies with every kind of rule.</summary>
    public static TheoryData<string> Policies =>
    [
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policy.yaml")),
        .. Examples.Names.Select(Examples.Text),
        .. PolicyText.Samples,
    ];

    [Fact]
    public void Policies_AreThere() => Assert.True(Policies.Count > Examples.Names.Count + 1);

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task Mutate_Twice_IsMutatingOnce(string policy)
    {
        await using var webhook = await WebhookUnderTest.StartAsync(policy, services => services.AddSingleton<IRegistryLookup, FoundLookup>());
        var review = AdmissionReviewBuilder.Create(SamplePods.FullPod());

        await webhook.Host.EnsureIdempotentAsync(review, WebhookSetup.MutatorName);
        await webhook.Host.EnsureReinvocationSafeAsync(review, webhook: WebhookSetup.MutatorName);
    }

    [Fact]
    public async Task Mutator_AnyPod_IsWellBehaved()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text);

        await webhook.Host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(SamplePods.FullPod()), webhook: WebhookSetup.MutatorName);
    }

    [Fact]
    public async Task Guard_AnyPod_IsWellBehaved()
    {
        // The sidecar of the check must be allowed too.
        await using var webhook = await WebhookUnderTest.StartAsync("rules: [{name: hub, match: {registries: [docker.io]}, action: warn}]\ndefault: deny");

        await webhook.Host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(SamplePods.FullPod()), webhook: WebhookSetup.GuardName);
    }
}
