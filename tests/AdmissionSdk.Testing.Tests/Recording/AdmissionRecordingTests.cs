using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Recording;

/// <summary>Recorded reviews, sent again.</summary>
/// <remarks>Covers <see cref="AdmissionRecording"/>, <see cref="RecordedReview"/>, <see cref="ReplayDifference"/>.</remarks>
public sealed class AdmissionRecordingTests : IDisposable
{
    private const string Name = "pods.test.example.com";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recording-");

    private string FileName => Path.Combine(_folder.FullName, "reviews.jsonl");

    [Fact]
    public async Task Read_Recording_HasReviewsAndOutcomes()
    {
        await RecordAsync();

        var recording = AdmissionRecording.Read(FileName);

        Assert.Equal([AdmissionDecision.Allow, AdmissionDecision.Deny], recording.Reviews.Select(recorded => recorded.Outcome.Decision));
        Assert.All(recording.Reviews, recorded => Assert.Equal((Name, $"/validate/{Name}"), (recorded.Webhook, recorded.Path)));
        Assert.Equal(403, recording.Reviews[1].Outcome.Code);
    }

    [Fact]
    public async Task Compare_SameBuild_FindsNothing()
    {
        await RecordAsync();
        await using var host = await StartAsync(allowed: "registry.example.com/");

        Assert.Empty(await AdmissionRecording.Read(FileName).CompareAsync(host));
        Assert.Empty(await AdmissionRecording.Read(FileName).CompareAsync(host, AdmissionTestHost.For(host.Client)));
    }

    [Fact]
    public async Task Compare_AnotherPolicy_FindsTheReviewsItDecidesDifferently()
    {
        await RecordAsync();
        await using var before = await StartAsync(allowed: "registry.example.com/");
        await using var after = await StartAsync(allowed: "docker.io/");

        var withRecorded = await AdmissionRecording.Read(FileName).CompareAsync(after);
        var withBuild = await AdmissionRecording.Read(FileName).CompareAsync(before, after);

        Assert.Equal(2, withRecorded.Count);
        Assert.Equal(
            $"""
            {Name}: CREATE pods shop/web by xxxxxxxxxxxxxxxx
              ~ /decision: "Allow" -> "Deny"
              ~ /code: 0 -> 403
              ~ /reason: null -> "Forbidden"
              ~ /message: null -> "use docker.io/"
              + /auditAnnotations/decision: "denied: use docker.io/"
            """.ReplaceLineEndings(),
            withBuild[0].ToString());
        Assert.Equal((AdmissionDecision.Deny, AdmissionDecision.Allow), (withBuild[1].Before.Decision, withBuild[1].After.Decision));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"webhook":"a","path":"/a","review":{}}""")]
    public void Read_AnotherFile_NamesTheLine(string line)
    {
        File.WriteAllText(FileName, line);

        Assert.Equal("Line 1 is not part of a recording.", Assert.Throws<FormatException>(() => AdmissionRecording.Read(FileName)).Message);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task RecordAsync()
    {
        await using var host = await StartAsync(allowed: "registry.example.com/", record: true);
        await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web("registry.example.com/nginx")));
        await host.SendAsync(AdmissionReviewBuilder.Create(Pods.Web("docker.io/nginx")));
    }

    private Task<AdmissionTestHost> StartAsync(string allowed, bool record = false) => AdmissionTestHost.StartAsync(services =>
    {
        var webhooks = services.AddAdmissionWebhooks().AddValidator<V1Pod>(Name, context =>
            context.Object.Spec.Containers[0].Image.StartsWith(allowed, StringComparison.Ordinal) ? AdmissionResult.Allow() : AdmissionResult.Deny($"use {allowed}"));
        if (record)
        {
            webhooks.AddReviewRecording(options =>
            {
                options.Path = FileName;
                options.KeepPaths.Add("/spec/containers/*/image");
            });
        }
    });
}
