using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Hosting;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Registries;
using ImageRegistryWebhook.Reloading;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>Questions of the policy for registries, asked by both webhooks in the same way.</summary>
/// <remarks>Covers <see cref="ImageReviewer"/>, <see cref="ImageReview"/>, <see cref="PolicyEngine"/>, <see cref="WorkloadGuard{T}"/>, <see cref="LivePolicy"/>.</remarks>
public sealed class RegistryQuestionTests : IRegistryLookup
{
    private const string Rules =
        """
        rules:
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}
        default: deny

        """;

    private readonly List<string> _asked = [];
    private readonly TaskCompletionSource _arrived = new();
    private readonly TaskCompletionSource _release = new();

    [Fact]
    public async Task Mutate_CheckAndPin_BothAreAskedInTurn()
    {
        await using var webhook = await StartAsync("check: {exists: deny}\npin: {registryLookup: fallback}");

        var outcome = await webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")));

        Assert.Equal($"registry.example.com/hub/library/nginx:1.9@{SamplePods.Digest}", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
        Assert.Equal(["Existence registry.example.com/hub/library/nginx:1.9", "Digest registry.example.com/hub/library/nginx:1.9"], _asked);
        (await webhook.ValidateAsync(AdmissionReviewBuilder.Create(outcome.GetObject()))).EnsureAllowed();
    }

    [Fact]
    public async Task Mutate_SecondRoundOverAPinnedImage_StillSaysWhatWasAskedFor()
    {
        await using var webhook = await StartAsync("pin: {registryLookup: fallback, onMiss: deny}");
        var first = (await webhook.MutateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9")))).GetObject<V1Pod>();

        Assert.False((await webhook.MutateAsync(AdmissionReviewBuilder.Create(first))).EnsureAllowed().HasPatch);

        Assert.Equal("nginx:1.9", first.Metadata.Annotations["original.registry-webhook.example.com/app"]);
    }

    [Fact]
    public async Task Validate_TagThatCouldNotBePinned_IsAllowedAndNobodyIsAsked()
    {
        // Else the guard would deny an image that the mutator could not pin, when the registry did not respond.
        await using var webhook = await StartAsync("pin: {registryLookup: fallback}");

        (await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("registry.example.com/hub/library/nginx:1.9")))).EnsureAllowed();

        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Validate_TagThatHadToBePinned_IsDenied()
    {
        await using var webhook = await StartAsync("pin: {registryLookup: fallback, onMiss: deny}");

        (await webhook.ValidateAsync(AdmissionReviewBuilder.Create(SamplePods.Pod("registry.example.com/hub/library/nginx:1.9")))).EnsureDenied();
    }

    [Fact]
    public async Task KeepSource_TargetLacksTheImage_BothWebhooksKeepIt()
    {
        await using var webhook = await StartAsync("check: {exists: keepSource}");
        var review = AdmissionReviewBuilder.Create(SamplePods.Pod("acme/missing:1"));

        Assert.False((await webhook.MutateAsync(review)).EnsureAllowed().HasPatch);
        var outcome = (await webhook.ValidateAsync(review)).EnsureAllowed();

        Assert.Equal(
            ["spec.containers[0].image: acme/missing:1 is kept: registry.example.com does not have registry.example.com/hub/acme/missing:1 (rule hub)"],
            outcome.Warnings);
    }

    [Fact]
    public async Task KeepSource_NobodyKnowsWhetherTheTargetHasTheImage_TheGuardDoesNotSayThatTheMutatorFailed()
    {
        // The mutator may have kept the image in another replica, to which the registry had responded.
        await using var webhook = await StartAsync("check: {exists: keepSource}");
        var review = AdmissionReviewBuilder.Create(SamplePods.Pod("acme/silent:1"));

        Assert.Equal(
            "registry.example.com/hub/acme/silent:1", (await webhook.MutateAsync(review)).EnsureAllowed().GetObject<V1Pod>().Spec.Containers[0].Image);
        var outcome = (await webhook.ValidateAsync(review)).EnsureFailed();

        Assert.Contains(
            "spec.containers[0].image: acme/silent:1 is not rewritten, and it could not be found out whether registry.example.com has registry.example.com/hub/acme/silent:1",
            outcome.Failure,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pin: {registryLookup: fallback, onMiss: deny}")]
    [InlineData("pin: {registryLookup: fallback}\nrequire: {digest: true}")]
    public async Task Workload_WhosePodsGetTheirDigest_IsNotDenied(string sections)
    {
        await using var webhook = await StartAsync(sections, "--Workloads=deny");

        var outcome = await webhook.Host.SendAsync(
            AdmissionReviewBuilder.Create("""
                {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"web","namespace":"shop"},"spec":{"template":{"spec":{"containers":[{"name":"a","image":"nginx:1.9"}]}}}}
                """),
            WebhookSetup.WorkloadsName);

        Assert.Equal(
            [$"spec.template.spec.containers[0].image: nginx:1.9 is pulled as registry.example.com/hub/library/nginx:1.9@{SamplePods.Digest} (rule hub)"],
            outcome.EnsureAllowed().Warnings);
    }

    [Fact]
    public async Task Deny_NobodyKnowsWhetherTheTargetHasTheImage_NeitherWebhookDecides()
    {
        await using var webhook = await StartAsync("check: {exists: deny}");
        var review = AdmissionReviewBuilder.Create(SamplePods.Pod("acme/silent:1"));

        (await webhook.MutateAsync(review)).EnsureFailed();
        (await webhook.ValidateAsync(review)).EnsureFailed();
    }

    [Fact]
    public async Task Reload_WhileARegistryIsAsked_TheReviewKeepsItsPolicy()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));
        await using var webhook = await WebhookUnderTest.StartAsync(
            Rules + "check: {exists: warn}",
            services =>
            {
                services.AddSingleton<IRegistryLookup>(this);
                services.AddSingleton<TimeProvider>(time);
            },
            "--PolicyPollInterval=00:00:00.500");
        var review = AdmissionReviewBuilder.Create(SamplePods.Pod("nginx:1.9"));
        var before = webhook.MutateAsync(review);
        await _arrived.Task;

        await File.WriteAllTextAsync(webhook.PolicyPath, "default: allow");
        // Within the deadline of the review under way.
        time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.False((await webhook.MutateAsync(review)).HasPatch);
        _release.SetResult();

        Assert.Equal("registry.example.com/hub/library/nginx:1.9", (await before).GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    async ValueTask<RegistryFacts> IRegistryLookup.LookUpAsync(RegistryQuestion question, RegistryFacts known, CancellationToken cancellationToken)
    {
        _arrived.TrySetResult();
        await _release.Task.WaitAsync(cancellationToken);
        _asked.Add($"{question.Kind} {question.Image}");
        return question.Kind == RegistryQuestionKind.Digest
            ? known with { DigestAsked = true, Digest = SamplePods.Digest }
            : known with
            {
                Existence = question.Image.Contains("missing", StringComparison.Ordinal) ? Existence.Absent
                    : question.Image.Contains("silent", StringComparison.Ordinal) ? Existence.Unknown
                    : Existence.Present,
            };
    }

    private Task<WebhookUnderTest> StartAsync(string sections, params string[] arguments)
    {
        _release.SetResult();
        return WebhookUnderTest.StartAsync(Rules + sections, services => services.AddSingleton<IRegistryLookup>(this), arguments);
    }
}
