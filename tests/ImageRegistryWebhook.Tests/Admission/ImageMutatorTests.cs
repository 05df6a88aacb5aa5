using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <remarks>Covers <see cref="ImageMutator"/>, <see cref="OriginalImages"/>, <see cref="PullSecrets"/>, <see cref="ReviewedImages"/>.</remarks>
public sealed class ImageMutatorTests(MirrorPolicy policy) : IClassFixture<MirrorPolicy>
{
    private readonly WebhookUnderTest _webhook = policy.Webhook;

    [Fact]
    public async Task Create_ImagesEverywhere_AreRewritten()
    {
        var outcome = (await _webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.FullPod()))).EnsureAllowed();

        Assert.Equal(
            [
                "spec.initContainers[0].image=registry.example.com/hub/acme/init",
                "spec.containers[0].image=registry.example.com/hub/library/nginx:1.9",
                $"spec.volumes[1].image.reference=registry.example.com/hub/acme/data@{SamplePods.Digest}",
            ],
            PodImages.Of(outcome.GetObject<V1Pod>().Spec).Select(field => $"{field.Path}={field.Image}"));
    }

    [Fact]
    public async Task Create_ImagesRewritten_ThePodGetsTheSecretOnceAndSaysWhatWasAskedFor()
    {
        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.FullPod()));

        var pod = outcome.GetObject<V1Pod>();
        Assert.Equal(["own", "hub-mirror"], pod.Spec.ImagePullSecrets.Select(secret => secret.Name));
        Assert.Equal(
            [
                "note=kept",
                $"original-volume.registry-webhook.example.com/data=acme/data@{SamplePods.Digest}",
                "original.registry-webhook.example.com/app=nginx:1.9",
                "original.registry-webhook.example.com/init=docker.io/acme/init",
            ],
            pod.Metadata.Annotations.Select(annotation => $"{annotation.Key}={annotation.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Create_SecretIsThereAlready_IsNotAddedAgain()
    {
        var pod = SamplePods.FullPod();
        pod.Spec.ImagePullSecrets = [new V1LocalObjectReference { Name = "hub-mirror" }];

        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Create(pod));

        Assert.Equal(["hub-mirror"], outcome.GetObject<V1Pod>().Spec.ImagePullSecrets.Select(secret => secret.Name));
    }

    [Fact]
    public async Task Create_NothingToRewrite_HasNoPatch()
    {
        foreach (var image in new[] { "registry.example.com/hub/library/nginx:1.9", "old.example.com/a", "evil.example/x", "not an image", "ghcr.io/acmes/x" })
        {
            var outcome = (await _webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod(image)))).EnsureAllowed();

            Assert.False(outcome.HasPatch, image);
            // Only the guard warns, so that no warning comes twice.
            Assert.Empty(outcome.Warnings);
        }
    }

    [Fact]
    public async Task Create_ImageRewritten_UserAndAuditLogAreTold()
    {
        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")));

        Assert.Equal(["spec.containers[0].image: nginx:1.9 is pulled as registry.example.com/hub/library/nginx:1.9 (rule hub)"], outcome.Warnings);
        Assert.Equal("nginx:1.9 -> registry.example.com/hub/library/nginx:1.9 (hub)", outcome.AuditAnnotations["rewritten.spec.containers.0.image"]);
    }

    [Theory]
    [InlineData("registry.example.com/hub/library/nginx:1.9", "evil.example/x:1")]
    [InlineData("registry.example.com/hub/library/nginx:1.9", "nginx:1.10")]
    [InlineData("registry.example.com/hub/library/nginx:1.9", "")]
    [InlineData("evil.example/x:1", "nginx:1.9")]
    public async Task Create_OriginalMadeUpByTheAuthor_IsRemoved(string image, string claim)
    {
        var pod = SamplePods.Pod(image);
        pod.Metadata.Annotations = new Dictionary<string, string> { ["original.registry-webhook.example.com/app"] = claim };

        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Create(pod));

        Assert.Equal(["remove /metadata/annotations"], outcome.Patch.Select(operation => $"{operation.Op} {operation.Path}"), StringStarts);
        Assert.Equal(image, outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Create_OriginalMadeUpForARewrittenImage_IsReplaced()
    {
        var pod = SamplePods.Pod("nginx:1.9");
        pod.Metadata.Annotations = new Dictionary<string, string> { ["original.registry-webhook.example.com/app"] = "registry.example.com/safe" };

        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Create(pod));

        Assert.Equal("nginx:1.9", outcome.GetObject<V1Pod>().Metadata.Annotations["original.registry-webhook.example.com/app"]);
        Assert.Equal("registry.example.com/hub/library/nginx:1.9", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Create_PlaceholderOfIstio_IsLeftToItsInjector()
    {
        var pod = SamplePods.Pod("auto", "istio-proxy");
        pod.Spec.Containers.Add(new V1Container { Name = "app", Image = "auto" });

        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Create(pod));

        Assert.Equal(["auto", "registry.example.com/hub/library/auto"], outcome.GetObject<V1Pod>().Spec.Containers.Select(container => container.Image));
    }

    [Fact]
    public async Task Update_LabelsOnly_HasNoPatch()
    {
        var outcome = (await _webhook.MutateAsync(SamplePods.Recorded("update-pods"))).EnsureAllowed();

        Assert.False(outcome.HasPatch);
    }

    [Fact]
    public async Task Update_NewImage_IsTheOnlyChange()
    {
        // The API server refuses an update of a pod's other fields.
        var (old, pod) = (SamplePods.FullPod(), SamplePods.FullPod());
        pod.Spec.Containers[0].Image = "nginx:1.10";

        var outcome = await _webhook.MutateAsync(AdmissionReviewBuilder.Update(old, pod));

        Assert.Equal(["replace /spec/containers/0/image"], outcome.Patch.Select(operation => $"{operation.Op} {operation.Path}"));
        Assert.Equal("registry.example.com/hub/library/nginx:1.10", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Update_RecordedKubectlDebug_RewritesTheNewContainer()
    {
        var outcome = await _webhook.MutateAsync(SamplePods.Recorded("update-pods-ephemeralcontainers"));

        Assert.Equal(["replace /spec/ephemeralContainers/0/image"], outcome.Patch.Select(operation => $"{operation.Op} {operation.Path}"));
        Assert.Equal("registry.example.com/hub/library/busybox:1.36", outcome.GetObject<V1Pod>().Spec.EphemeralContainers[0].Image);
    }

    [Fact]
    public async Task Create_RecordedReview_IsRewritten()
    {
        var outcome = await _webhook.MutateAsync(SamplePods.Recorded("create-pods"));

        Assert.Equal("registry.example.com/hub/library/nginx:1.9", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task Create_RecordIsOff_LeavesNoTrace()
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text + "\nrecord: {annotation: false, warning: false, audit: false}");

        var outcome = await webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")));

        Assert.Equal("registry.example.com/hub/library/nginx:1.9", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
        Assert.Null(outcome.GetObject<V1Pod>().Metadata.Annotations);
        Assert.Empty(outcome.Warnings);
        Assert.Empty(outcome.AuditAnnotations);
    }

    [Theory]
    [InlineData("nginx:1.9")]
    [InlineData("registry.example.com/hub/library/nginx:1.9")]
    public async Task Create_RecordIsOff_WhatTheAuthorMadeUpIsRemovedToo(string image)
    {
        await using var webhook = await WebhookUnderTest.StartAsync(MirrorPolicy.Text + "\nrecord: {annotation: false}");
        var pod = SamplePods.Pod(image);
        pod.Metadata.Annotations = new Dictionary<string, string>
        {
            ["note"] = "kept",
            ["original.registry-webhook.example.com/app"] = "nginx:1.9",
            ["original-volume.registry-webhook.example.com/app"] = "nginx:1.9",
        };

        var outcome = await webhook.MutateAsync(AdmissionReviewBuilder.Create(pod));

        Assert.Equal(["note"], outcome.GetObject<V1Pod>().Metadata.Annotations.Keys);
    }

    private static bool StringStarts(string expected, string actual) => actual.StartsWith(expected, StringComparison.Ordinal);
}
