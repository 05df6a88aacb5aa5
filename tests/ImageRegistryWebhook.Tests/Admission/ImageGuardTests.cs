using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Images;
using k8s.Models;

namespace ImageRegistryWebhook.Tests.Admission;

/// <remarks>Covers <see cref="ImageGuard"/>, <see cref="ReviewedImages"/>, <see cref="JudgedImage"/>, <see cref="IstioPlaceholder"/>, <see cref="Refusals"/>.</remarks>
public sealed class ImageGuardTests(MirrorPolicy policy) : IClassFixture<MirrorPolicy>
{
    private readonly WebhookUnderTest _webhook = policy.Webhook;

    [Fact]
    public async Task Create_StillToBeRewritten_IsDenied()
    {
        var outcome = (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")))).EnsureDenied();

        Assert.Equal(
            (403, "spec.containers[0].image: nginx:1.9 should have been rewritten to registry.example.com/hub/library/nginx:1.9 (rule hub); is the mutator running?"),
            (outcome.Code, outcome.Message));
        Assert.Equal("nginx:1.9 (hub)", outcome.AuditAnnotations["denied.spec.containers.0.image"]);
    }

    [Fact]
    public async Task Create_ForbiddenImage_TheMessageNamesFieldImageRuleAndAnother()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("evil.example/acme/api:1")));

        Assert.Equal(
            "spec.containers[0].image: evil.example/acme/api:1 is denied: this registry is not approved; use registry.example.com/acme/acme/api:1 instead (rule evil)",
            outcome.EnsureDenied().Message);
    }

    [Fact]
    public async Task Create_NoRuleMatches_IsDeniedByDefault()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("quay.io/a/b:1")));

        Assert.Equal("spec.containers[0].image: quay.io/a/b:1 is denied: no rule allows images of quay.io (rule default)", outcome.EnsureDenied().Message);
    }

    [Theory]
    [InlineData("https://registry.example.com/x")]
    [InlineData("registry.example.com/UPPER")]
    [InlineData(" registry.example.com/x")]
    [InlineData("registry.example.com/x\n")]
    public async Task Create_NotAReference_IsDenied(string image)
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod(image)));

        Assert.Contains("is not an image reference", outcome.EnsureDenied().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_HostileImage_IsQuotedInMessageAndAuditLog()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx\u001b[2J\r\nWarning: all \"fine\u202e")));

        Assert.StartsWith(
            "spec.containers[0].image: \"nginx\\x1b[2J\\r\\nWarning: all \\\"fine\\u202e\" is not an image reference: ",
            outcome.EnsureDenied().Message,
            StringComparison.Ordinal);
        Assert.Equal("nginx\\x1b[2J\\r\\nWarning: all \"fine\\u202e (invalid)", outcome.AuditAnnotations["denied.spec.containers.0.image"]);
    }

    [Fact]
    public async Task Create_ImageLongerThanAnyIs_IsDeniedInFewWords()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod($"registry.example.com/{new string('a', 1024)}")));

        Assert.EndsWith("…\" is not an image reference: it is longer than 1024 characters (rule invalid)", outcome.EnsureDenied().Message, StringComparison.Ordinal);
        Assert.InRange(outcome.Message!.Length, 0, 500);
    }

    [Fact]
    public async Task Create_ManyForbidden_TheFirstAreNamedAndTheOthersCounted()
    {
        var pod = SamplePods.Pod("evil.example/x:1");
        pod.Spec.Containers = [.. Enumerable.Range(0, 500).Select(i => new V1Container { Name = $"c{i}", Image = $"evil.example/x:{i}" })];

        var message = (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(pod))).EnsureDenied().Message;

        Assert.Contains("spec.containers[15].image: evil.example/x:15 is denied", message, StringComparison.Ordinal);
        Assert.EndsWith("; and 484 more images", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SeveralForbidden_AllAreNamed()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.FullPod()));

        Assert.All(
            new[] { "spec.initContainers[0].image", "spec.containers[0].image", "spec.volumes[1].image.reference" },
            field => Assert.Contains(field, outcome.EnsureDenied().Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_ImageOfAWarnRule_IsAllowedWithAWarning()
    {
        var outcome = (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("old.example.com/a:1")))).EnsureAllowed();

        Assert.Equal(["spec.containers[0].image: old.example.com/a:1: it moves soon (rule old)"], outcome.Warnings);
        Assert.Equal("old.example.com/a:1 (old)", outcome.AuditAnnotations["warned.spec.containers.0.image"]);
    }

    [Fact]
    public async Task Create_AsTheMutatorLeavesIt_IsAllowed()
    {
        var mutated = (await _webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.FullPod()))).GetObject<V1Pod>();

        var outcome = (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(mutated))).EnsureAllowed();

        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public async Task Create_MadeUpOriginal_ChangesNothing()
    {
        var pod = SamplePods.Pod("evil.example/x:1");
        pod.Metadata.Annotations = new Dictionary<string, string> { ["original.registry-webhook.example.com/app"] = "registry.example.com/x:1" };

        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(pod))).EnsureDenied();
    }

    [Fact]
    public async Task Create_PlaceholderThatIstioDidNotReplace_IsWhatTheKubeletWouldPull()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("auto", "istio-proxy")));

        Assert.EndsWith("(Istio's injector did not put its own image there)", outcome.EnsureDenied().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_LabelOfAPodWhoseImageIsForbiddenByNow_IsAllowed()
    {
        var (old, pod) = (SamplePods.Pod("evil.example/x:1"), SamplePods.Pod("evil.example/x:1"));
        pod.Metadata.Labels["tier"] = "front";

        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Update(old, pod))).EnsureAllowed();
        (await _webhook.ValidateAsync(SamplePods.Recorded("update-pods"))).EnsureAllowed();
    }

    [Fact]
    public async Task Update_FinalizerOfATerminatingPod_CanGo()
    {
        var (old, pod) = (SamplePods.Pod("evil.example/x:1"), SamplePods.Pod("evil.example/x:1"));
        old.Metadata.DeletionTimestamp = pod.Metadata.DeletionTimestamp = new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc);
        old.Metadata.Finalizers = ["shop.example.com/cleanup"];

        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Update(old, pod))).EnsureAllowed();
    }

    [Fact]
    public async Task Update_ForbiddenImageInstead_IsDenied()
    {
        var outcome = await _webhook.ValidateAsync(AdmissionReviewBuilder.Update(SamplePods.Pod("registry.example.com/a:1"), SamplePods.Pod("evil.example/x:1")));

        Assert.StartsWith("spec.containers[0].image: evil.example/x:1 is denied", outcome.EnsureDenied().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_RecordedKubectlDebug_LooksAtTheNewContainerOnly()
    {
        // The pod's own container has nginx:1.9, which the policy now denies on CREATE.
        var outcome = await _webhook.ValidateAsync(SamplePods.Recorded("update-pods-ephemeralcontainers"));

        Assert.Equal(
            "spec.ephemeralContainers[0].image: busybox:1.36 should have been rewritten to registry.example.com/hub/library/busybox:1.36 (rule hub); is the mutator running?",
            outcome.EnsureDenied().Message);
    }

    [Fact]
    public async Task Update_SecondDebugContainer_TheFirstIsNotLookedAt()
    {
        var (old, pod) = (SamplePods.Pod("nginx:1.9"), SamplePods.Pod("nginx:1.9"));
        old.Spec.EphemeralContainers = [new V1EphemeralContainer { Name = "first", Image = "evil.example/x:1" }];
        pod.Spec.EphemeralContainers = [.. old.Spec.EphemeralContainers, new V1EphemeralContainer { Name = "second", Image = "registry.example.com/debug:1" }];

        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Update(old, pod).WithSubresource("ephemeralcontainers"))).EnsureAllowed();
    }
}
