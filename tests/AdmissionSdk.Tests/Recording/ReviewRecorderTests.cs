using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AdmissionSdk.Recording;
using AdmissionSdk.Testing;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace AdmissionSdk.Tests.Recording;

/// <summary>Recordings of reviews: redacted, limited, and never in the way of serving.</summary>
/// <remarks>Covers <see cref="ReviewRecorder"/>, <see cref="ReviewRedactor"/>, <see cref="RecordingLine"/>, <see cref="RecordingFile"/>, <see cref="RecordingOptionsValidator"/>, <see cref="CapturingStream"/>, <see cref="KeptPaths"/>, <see cref="Placeholder"/>.</remarks>
public sealed class ReviewRecorderTests : IDisposable
{
    private const string Name = "all.test.example.com";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("recording-");
    private readonly FakeLogCollector _logs = new();

    private string File => Path.Combine(_folder.FullName, "reviews.jsonl");

    [Fact]
    public async Task Record_Secret_KeepsMetadataOnly()
    {
        const string secret = """
            apiVersion: v1
            kind: Secret
            metadata:
              name: login
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"data":{"password":"cGFzc3dvcmQ="}}'
              managedFields:
              - {manager: kubectl, fieldsV1: {"f:data": {"f:password": {}}}}
            data: {password: cGFzc3dvcmQ=}
            stringData: {pin: "4711"}
            """;
        await using (var host = await StartAsync<V1Secret>(context =>
        {
            context.Object.Data["copy"] = context.Object.Data["password"];
            context.Object.Metadata.Annotations["also"] = "cGFzc3dvcmQ=";
            context.Object.Metadata.ManagedFields[0].Manager = "webhook";
            context.Warn("the password is cGFzc3dvcmQ=");
            context.Annotate("password", "cGFzc3dvcmQ=");
            return AdmissionResult.Allow();
        }))
        {
            (await host.SendAsync(AdmissionReviewBuilder.Create(secret).WithUser(new UserInfo
            {
                Username = "alice",
                Uid = "uid-of-alice",
                Groups = ["staff"],
                Extra = new Dictionary<string, IReadOnlyList<string>> { ["token-id"] = ["JTI=1"] },
            }))).EnsureAllowed();
        }

        var line = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        var patch = Encoding.UTF8.GetString(Convert.FromBase64String(line["response"]!["response"]!["patch"]!.GetValue<string>()));
        var text = line.ToJsonString() + patch;
        Assert.Contains("/metadata/annotations/also", patch, StringComparison.Ordinal);
        Assert.All(
            new[] { "cGFzc3dvcmQ", "4711", "\"data\"", "/data", "f:password", "alice", "uid-of-alice", "staff", "JTI=1", "managedFields" },
            leak => Assert.DoesNotContain(leak, text, StringComparison.Ordinal));
        var review = line["review"]!["request"]!;
        Assert.Equal("login", review["object"]!["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal(["kind", "apiVersion", "metadata"], review["object"]!.AsObject().Select(member => member.Key));
        Assert.Equal("xxxxx", review["userInfo"]!["username"]!.GetValue<string>());
    }

    [Fact]
    public async Task Record_Pod_KeepsStructureAndListedPaths()
    {
        await using (var host = await StartAsync<V1Pod>(
            context =>
            {
                context.Object.Spec.Containers[0].Image = "registry.example.com/nginx:1.9";
                context.Object.Metadata.Annotations = new Dictionary<string, string> { ["image"] = "was-nginx" };
                return AdmissionResult.Allow();
            },
            options =>
            {
                options.KeepPaths.Add("/spec/containers/*/image");
                options.KeepPaths.Add("/metadata/annotations/image");
                options.KeepUserNames = true;
            }))
        {
            await host.SendAsync(TestReviews.CreatePod());
        }

        var line = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        var (pod, sent) = (line["review"]!["request"]!["object"]!, JsonNode.Parse(TestReviews.CreatePod())!["request"]!["object"]!);
        Assert.Equal("nginx:1.9", pod["spec"]!["containers"]![0]!["image"]!.GetValue<string>());
        Assert.Equal(
            new string('x', sent["spec"]!["containers"]![0]!["name"]!.GetValue<string>().Length),
            pod["spec"]!["containers"]![0]!["name"]!.GetValue<string>());
        Assert.Equal(sent["spec"]!["terminationGracePeriodSeconds"]!.ToJsonString(), pod["spec"]!["terminationGracePeriodSeconds"]!.ToJsonString());
        Assert.Equal("admin", line["review"]!["request"]!["userInfo"]!["username"]!.GetValue<string>());
        var patch = Convert.FromBase64String(line["response"]!["response"]!["patch"]!.GetValue<string>());
        Assert.Equal(
            """[{"op":"add","path":"/metadata/annotations","value":{"image":"xxxxxxxxx"}},{"op":"replace","path":"/spec/containers/0/image","value":"registry.example.com/nginx:1.9"}]""",
            JsonNode.Parse(patch)!.ToJsonString());
    }

    [Fact]
    public async Task Record_EveryRecordedReview_StaysReadableAsItsType()
    {
        await using var typed = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddValidatingWebhook(Name, webhook => webhook.Path("/hook")
            .Handle<V1Pod>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Subresources("ephemeralcontainers"))
            .Handle<V1Deployment>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Any))
            .Handle<V1Lease>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Any))
            .Handle<JsonObject>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Resource("*", "*", "*", "*"))));
        await using (var host = await StartAsync<JsonObject>(_ => AdmissionResult.Allow()))
        {
            foreach (var name in TestReviews.Names)
            {
                await host.SendAsync(TestReviews.Recorded(name));
            }
        }

        var recording = AdmissionRecording.Read(File);

        Assert.Equal(TestReviews.Names.Count(), recording.Reviews.Count);
        foreach (var recorded in recording.Reviews)
        {
            (await typed.SendAsync(recorded.Review)).EnsureAllowed();
        }
    }

    [Fact]
    public async Task Start_Recording_WarnsAndMakesThePrivateFile()
    {
        System.IO.File.WriteAllText(File, "");
        await using (await StartAsync<V1Pod>(_ => AdmissionResult.Allow()))
        {
            AssertWarning("RecordingStarted", $"Admission reviews are being recorded to {File}, redacted");
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(File).UnixFileMode);
    }

    [Fact]
    public async Task Record_LimitReached_EndsWithAWarningAndServesOn()
    {
        await using (var host = await StartAsync<V1Pod>(_ => AdmissionResult.Allow(), options => options.MaxBytes = 4_000))
        {
            for (var i = 0; i < 10; i++)
            {
                (await host.SendAsync(TestReviews.CreatePod())).EnsureAllowed();
            }
        }

        AssertWarning("RecordingFull", "The recording of admission reviews has reached its limit of 4000 bytes");
        Assert.InRange(new FileInfo(File).Length, 1, 4_000);
        Assert.All(System.IO.File.ReadLines(File), line => Assert.NotNull(JsonNode.Parse(line)));
    }

    [Fact]
    public async Task Record_DiskIsFull_EndsWithAnErrorAndServesOn()
    {
        await using (var host = await StartAsync<V1Pod>(_ => AdmissionResult.Allow(), options => options.Path = "/dev/full"))
        {
            (await host.SendAsync(TestReviews.CreatePod())).EnsureAllowed();
        }

        Assert.Equal(LogLevel.Error, Assert.Single(_logs.GetSnapshot(), record => record.Id.Name == "RecordingFailed").Level);
    }

    [Fact]
    public async Task Record_TooLargeOrUnreadable_IsLeftOutAndCounted()
    {
        await using (var host = await StartAsync<V1Pod>(_ => AdmissionResult.Allow(), options => options.MaxReviewBytes = 3_000))
        {
            (await host.SendAsync(AdmissionReviewBuilder.FromReview(TestReviews.CreatePod()).WithUnknownField("/large", JsonSerializer.Serialize(new string('y', 3_000))))).EnsureAllowed();
            await host.SendAsync("not a review"u8.ToArray());
            (await host.SendAsync(TestReviews.CreatePod())).EnsureAllowed();
        }

        Assert.Single(System.IO.File.ReadLines(File));
        AssertWarning("RecordingIncomplete", "2 admission reviews were not recorded");
    }

    [Fact]
    public async Task Record_Failure_KeepsTheStatusOnly()
    {
        await using (var host = await StartAsync<V1Pod>(_ => throw new InvalidOperationException("password=hunter2")))
        {
            (await host.SendAsync(TestReviews.CreatePod())).EnsureFailed();
        }

        var line = JsonNode.Parse(System.IO.File.ReadAllText(File))!;
        Assert.Equal(500, line["status"]!.GetValue<int>());
        Assert.Null(line["response"]);
        Assert.DoesNotContain("hunter2", line.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_FromManyThreads_LosesNone()
    {
        await using (var host = await StartAsync<V1Pod>(_ => AdmissionResult.Allow()))
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.SendAsync(TestReviews.CreatePod())));
        }

        Assert.Equal(50, AdmissionRecording.Read(File).Reviews.Count);
    }

    [Fact]
    public async Task Start_WithoutAFile_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddValidator<V1Pod>(Name, _ => AdmissionResult.Allow()).AddReviewRecording(options => options.KeepPaths.Add("spec"))));

        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public async Task Start_FileThatCannotBeWritten_DoesNotStart() =>
        await Assert.ThrowsAnyAsync<IOException>(() => AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks()
            .AddValidator<V1Pod>(Name, _ => AdmissionResult.Allow()).AddReviewRecording(options => options.Path = Path.Combine(_folder.FullName, "nowhere", "f"))));

    [Theory]
    [InlineData("", "")]
    [InlineData("nginx:1.9", "xxxxxxxxx")]
    [InlineData("250m", "111m")]
    [InlineData("1.5Gi", "1.1Gi")]
    [InlineData("2026-11-23T04:17:31Z", "2000-01-01T00:00:00Z")]
    [InlineData("2026-11-23T04:17:31.123456+02:00", "2000-01-01T00:00:00.000000+00:00")]
    [InlineData("cGFzc3dvcmQ=", "xxxxxxxxxxxx")]
    public void Placeholder_OfAText_HasItsLengthAndSaysNothing(string text, string placeholder) =>
        Assert.Equal(placeholder, Placeholder.For(text));

    private void AssertWarning(string name, string message)
    {
        var line = Assert.Single(_logs.GetSnapshot(), record => record.Id.Name == name);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.StartsWith(message, line.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<AdmissionTestHost> StartAsync<T>(Func<MutationContext<T>, AdmissionResult> handler, Action<RecordingOptions>? configure = null)
        where T : class =>
        AdmissionTestHost.StartAsync(services =>
        {
            services.AddLogging(logging => logging.Services.AddSingleton<ILoggerProvider>(new FakeLoggerProvider(_logs)));
            services.AddAdmissionWebhooks()
                .AddMutatingWebhook(Name, webhook => webhook.Path("/hook").Handle(handler, rule => rule.On(Operations.Any).Resource("*", "*", "*", "*")))
                .AddReviewRecording(options =>
                {
                    options.Path = File;
                    configure?.Invoke(options);
                });
        });
}
