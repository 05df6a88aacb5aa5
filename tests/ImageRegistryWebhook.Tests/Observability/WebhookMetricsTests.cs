using System.Diagnostics.Metrics;
using AdmissionSdk.Testing;
using ImageRegistryWebhook.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace ImageRegistryWebhook.Tests.Observability;

/// <remarks>Covers <see cref="WebhookMetrics"/>.</remarks>
public sealed class WebhookMetricsTests
{
    [Fact]
    public async Task Images_EveryDecision_IsCountedByWebhookRuleAndOutcome()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text);
        using var images = new MetricCollector<long>(
            webhook.Host.Services.GetRequiredService<IMeterFactory>(), "ImageRegistryWebhook", "image_registry.images");

        await webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")));
        foreach (var image in new[] { "nginx:1.9", "registry.example.com/a", "old.example.com/a", "evil.example/a", "quay.io/a", "no image" })
        {
            await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod(image)));
        }

        Assert.Equal(
            [
                "images.registry-webhook.example.com hub rewrite",
                "guard.registry-webhook.example.com hub rewrite",
                "guard.registry-webhook.example.com ours allow",
                "guard.registry-webhook.example.com old warn",
                "guard.registry-webhook.example.com evil deny",
                "guard.registry-webhook.example.com default deny",
                "guard.registry-webhook.example.com invalid deny",
            ],
            images.GetMeasurementSnapshot().Select(item => $"{item.Tags["webhook"]} {item.Tags["rule"]} {item.Tags["outcome"]}"));
    }
}
