using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRegistryWebhook.Tests.Admission;

/// <remarks>Covers <see cref="ImageReviewer"/>.</remarks>
public sealed class ImageReviewerTests
{
    [Fact]
    public async Task Debug_Decision_IsExplainedInOneLine()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(
            MirrorPolicy.Text,
            services => services.AddLogging(logging => logging.ClearProviders().AddFakeLogging()),
            "--Logging:LogLevel:ImageRegistryWebhook.Admission=Debug");

        await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("evil.example/x:1")));
        await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("x\nforged: line")));

        var lines = webhook.Host.Services.GetFakeLogCollector().GetSnapshot()
            .Where(record => record.Category == "ImageRegistryWebhook.Admission.ImageReviewer").Select(record => record.Message).ToList();
        Assert.Equal(2, lines.Count);
        Assert.StartsWith("spec.containers[0].image: evil.example/x:1 is evil.example/x:1; rule hub: no match, registries: evil.example is none of them; ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("rule evil: matches, deny.", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("\n", lines[1], StringComparison.Ordinal);
    }
}
