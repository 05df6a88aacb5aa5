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

    [Fact]
    public async Task Handlers_TokenHasFired_Stop()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text);
        var reviewer = webhook.Host.Services.GetRequiredService<ImageReviewer>();
        var fired = new CancellationToken(canceled: true);
        var pod = SamplePods.Pod("nginx:1.9");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new ImageMutator(reviewer).MutateAsync(TestContexts.ForMutator(pod), fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new ImageGuard(reviewer).ValidateAsync(TestContexts.ForValidator(pod), fired));
        Assert.Equal("nginx:1.9", pod.Spec.Containers[0].Image);
    }

    [Fact]
    public void Record_TokenHasFired_StopsAtTheFirstAnnotation()
    {
        var load = ImageRegistryWebhook.Policies.PolicyReader.Read(MirrorPolicy.Text, "policy.yaml");
        var review = new ImageReview(new ImageRegistryWebhook.Policies.PolicyEngine(load.Policy!), new ImageRegistryWebhook.Policies.ImageContext(""), []);
        var pod = SamplePods.Pod("nginx:1.9");
        pod.Metadata.Annotations = Enumerable.Range(0, 1000).ToDictionary(i => OriginalImages.ContainerPrefix + i, _ => "made up");

        Assert.Throws<OperationCanceledException>(() => OriginalImages.Record(pod, review, [], new CancellationToken(canceled: true)));
        Assert.Equal(1000, pod.Metadata.Annotations.Count);
    }
}
