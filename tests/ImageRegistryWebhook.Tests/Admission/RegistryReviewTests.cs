using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Registries;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>Reviews with look-ups in a registry over HTTP.</summary>
/// <remarks>Covers <see cref="ImageReviewer"/>, <see cref="RegistryLookup"/>, <see cref="RegistryLookupSetup"/>.</remarks>
public sealed class RegistryReviewTests : IAsyncLifetime
{
    private TestServer _registry = null!;
    private WebhookUnderTest _webhook = null!;

    private string Host => $"127.0.0.1:{_registry.Port}";

    public async Task InitializeAsync()
    {
        _registry = await TestServer.StartAsync(context => context.Request.Path.Value!.Contains("missing", StringComparison.Ordinal)
            ? TestServer.RespondAsync(context, 404)
            : TestServer.RespondAsync(context, 200, ("Docker-Content-Digest", SamplePods.Digest), ("Content-Type", "application/vnd.oci.image.index.v1+json")));
        _webhook = await WebhookUnderTest.StartAsync(
            $$"""
            rules:
              - {name: ours, match: {registries: ["{{Host}}"]}, action: allow}
              - {name: hub, match: {registries: [source.invalid]}, action: rewrite, target: "{{Host}}/hub"}
            default: deny
            check: {exists: keepSource, timeout: 20s}
            pin: {registryLookup: fallback}
            """,
            [.. LookupRig.Trust((Host, null)).Select(setting => $"--RegistryLookup:{setting.Key}={setting.Value}"), .. WebhookUnderTest.Patience]);
    }

    public async Task DisposeAsync()
    {
        await _webhook.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task Create_TheTargetHasTheImage_ItIsRewrittenAndPinned()
    {
        var outcome = (await _webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("source.invalid/library/nginx:1.9")))).EnsureAllowed();

        Assert.Equal($"{Host}/hub/library/nginx:1.9@{SamplePods.Digest}", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(outcome.GetObject()))).EnsureAllowed();
    }

    [Fact]
    public async Task Create_TheTargetLacksTheImage_BothWebhooksKeepIt()
    {
        var review = AdmissionReviewBuilder.Create(SamplePods.Pod("source.invalid/acme/missing:1"));

        Assert.False((await _webhook.MutateAsync(review)).EnsureAllowed().HasPatch);

        Assert.Contains("source.invalid/acme/missing:1 is kept", Assert.Single((await _webhook.ValidateAsync(review)).EnsureAllowed().Warnings), StringComparison.Ordinal);
    }
}
