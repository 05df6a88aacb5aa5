using AdmissionSdk;
using AdmissionSdk.Models;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Testing;

/// <summary>The smaller blocks of docs/testing.md, compiled. The types have tests of their own.</summary>
/// <remarks>Covers docs/testing.md, <see cref="AdmissionReviewBuilder"/>, <see cref="AdmissionTestHost"/>, <see cref="AdmissionProperties"/>, <see cref="AdmissionRecording"/>.</remarks>
public sealed class TestingSnippets
{
    internal static void Reviews(V1Pod pod, V1Pod oldPod, V1Scale oldScale, V1Scale scale, byte[] recorded)
    {
        #region testing-reviews
        AdmissionReviewBuilder[] reviews =
        [
            AdmissionReviewBuilder.Create(pod),
            AdmissionReviewBuilder.Update(oldPod, pod).WithSubresource("ephemeralcontainers"),
            AdmissionReviewBuilder.Update(oldScale, scale).WithResource("apps", "v1", "deployments").WithSubresource("scale"),
            AdmissionReviewBuilder.Delete(pod).WithOptions(new V1DeleteOptions { GracePeriodSeconds = 0 }),
            AdmissionReviewBuilder.Create(new V1Eviction { Metadata = new V1ObjectMeta { Name = "web" } }),
            AdmissionReviewBuilder.Connect(new PodExecOptions { Command = ["sh"] }, name: "web", @namespace: "shop"),
            AdmissionReviewBuilder.FromReview(recorded).WithUser("alice", "developers").WithDryRun(),
        ];
        byte[] withoutUid = reviews[0].ToMalformed(Malformation.MissingUid);
        #endregion
        _ = withoutUid;
    }

    [Fact]
    public async Task Readme_Pod_IsRewritten()
    {
        #region testing-readme
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddMutator<V1Pod, RegistryRewriter>("images.registry.example.com"));
        var review = AdmissionReviewBuilder.Create("{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: main, image: nginx}]}}");

        var outcome = (await host.SendAsync(review)).EnsureAllowed();

        Assert.Equal("registry.example.com/nginx", outcome.GetObject<V1Pod>().Spec.Containers[0].Image);
        await host.EnsureIdempotentAsync(review);
        #endregion
    }

    internal static async Task OwnProgramAsync()
    {
        #region testing-own-program
        await using var host = await AdmissionTestHost.StartAsync<Program>(
            services => services.AddSingleton<TimeProvider>(TimeProvider.System), // put fakes in the place of real things
            args: ["--environment=Development", "--Registry=registry.example.com"]);
        #endregion
    }

    internal static async Task PropertiesAsync(AdmissionTestHost host, AdmissionReviewBuilder review, List<string> sent)
    {
        #region testing-properties
        await host.EnsureIdempotentAsync(review);
        await host.EnsureReinvocationSafeAsync(review, sibling: pod => pod["metadata"]!["labels"]!["mesh"] = "on");
        await host.EnsureKeepsUnknownFieldsAsync(review);
        await host.EnsureNoPatchOnDeleteAsync(review);
        await host.EnsureDryRunDecidesTheSameAsync(review, probe: () => sent.Count);
        await host.EnsureDeterministicAsync(review);
        await host.EnsureSurvivesMissingFieldsAsync(review, required: ["/spec", "/spec/containers/*/name"]);
        await host.EnsureSurvivesLargeObjectsAsync(review);
        await host.EnsureInTimeAsync(review);
        #endregion
    }

    internal static void Record(WebApplicationBuilder builder)
    {
        #region testing-record
        builder.Services.AddAdmissionWebhooks()
            .AddValidator<V1Pod>("pods.shop.example.com", context => AdmissionResult.Allow())
            .AddReviewRecording(options =>
            {
                options.Path = "/var/recordings/reviews.jsonl";
                options.KeepPaths.Add("/spec/containers/*/image");
            });
        #endregion
    }

    internal static async Task ReplayAsync(AdmissionTestHost host, HttpClient running)
    {
        #region testing-replay
        var recording = AdmissionRecording.Read("reviews.jsonl");

        // Compare with the recorded decisions:
        Assert.Empty(await recording.CompareAsync(host));

        // Or compare a running build with the present one:
        Assert.Empty(await recording.CompareAsync(AdmissionTestHost.For(running), host));
        #endregion
    }
}
