using System.Net;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Hosting;
using AdmissionSdk.Memory;
using AdmissionSdk.Reviews;
using AdmissionSdk.Tests.Memory.Support;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>The responses to reviews that are too large, by policy, and the budget after every way out.</summary>
/// <remarks>Covers <see cref="TooLargePolicy"/>, <see cref="ReviewHead"/>, <see cref="AdmissionEndpoint"/>, <see cref="FailureResponses"/>, <see cref="MemoryCharge"/>, <see cref="ReviewMemoryException"/>.</remarks>
public sealed class TooLargeTests
{
    private const int Limit = 100_000;
    private const int Budget = 1 << 20;

    private enum Exit
    {
        TooLarge, TooLargeWithoutLength, OverBudgetAtOnce, OverBudgetInTheIndex, OverBudgetInTheObject, OverBudgetInTheOldObject, OverBudgetInTheEdit,
    }

    public static TheoryData<string> Exits => [.. Enum.GetNames<Exit>()];

    [Theory]
    [MemberData(nameof(Exits))]
    public async Task Post_TooLargeUnderDeny_IsDeniedInOneLineAndGivenBack(string name)
    {
        var exit = Enum.Parse<Exit>(name);
        await using var host = await StartAsync(TooLargePolicy.Deny);

        var response = (await PostAsync(host, exit)).AssertReview();

        Assert.False((bool)response["allowed"]!);
        Assert.Equal(exit is Exit.TooLarge or Exit.TooLargeWithoutLength ? 413 : 503, (int)response["status"]!["code"]!);
        var line = exit switch
        {
            Exit.TooLarge or Exit.TooLargeWithoutLength => $"{WebhookHost.Name}: the request body is larger than {Limit} bytes",
            Exit.OverBudgetAtOnce or Exit.OverBudgetInTheIndex => $"{WebhookHost.Name}: too many request bytes are being worked on",
            _ => $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): the review does not fit into the memory that is free (MaxBytesInFlight)",
        };
        Assert.Equal(line, (string)response["status"]!["message"]!);
    }

    [Theory]
    [MemberData(nameof(Exits))]
    public async Task Post_TooLargeUnderFail_IsAFailureAndGivenBack(string name)
    {
        var exit = Enum.Parse<Exit>(name);
        await using var host = await StartAsync(TooLargePolicy.Fail);

        var response = await PostAsync(host, exit);

        Assert.Equal(
            exit is Exit.TooLarge or Exit.TooLargeWithoutLength ? HttpStatusCode.RequestEntityTooLarge
            : exit is Exit.OverBudgetAtOnce or Exit.OverBudgetInTheIndex ? HttpStatusCode.ServiceUnavailable
            : HttpStatusCode.InternalServerError,
            response.Status);
    }

    [Fact]
    public async Task Post_TooLargeWithoutAUidAtTheHead_IsAFailure()
    {
        await using var host = await StartAsync(TooLargePolicy.Deny);

        (await host.PostAsync(new byte[Limit + 1])).AssertLine(HttpStatusCode.RequestEntityTooLarge, $"the request body is larger than {Limit} bytes");
    }

    [Fact]
    public async Task Post_TooLargeInWarnMode_IsAllowedWithAWarning()
    {
        await using var host = await StartAsync(TooLargePolicy.Deny, EnforcementMode.Warn);

        var response = (await PostAsync(host, Exit.TooLarge)).AssertReview();

        Assert.True((bool)response["allowed"]!);
        Assert.Contains("would have been denied", (string)response["warnings"]![0]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","object":{""", "u")]
    [InlineData(""" {"apiVersion":"admission.k8s.io/v1beta1", "kind":"AdmissionReview", "request": {"uid":"u" """, "u")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v2","request":{"uid":"u","object":{""", null)]
    [InlineData("""{"kind":"Review","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","object":{""", null)]
    [InlineData("""{"kind":"AdmissionReview","request":{"uid":"u"}}""", null)]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"name":"a","uid":"u"}}""", null)]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":""}}""", null)]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":7}}""", null)]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u""", null)]
    [InlineData("""[{"uid":"u"}]""", null)]
    [InlineData("\u0001\"", null)]
    [InlineData("", null)]
    public void Head_OfAReview_HasTheUidOnlyAsTheApiServerWritesIt(string start, string? uid) =>
        Assert.Equal(uid, ReviewHead.Read(System.Text.Encoding.UTF8.GetBytes(start))?.Uid);

    private static async Task<WebhookResponse> PostAsync(WebhookHost host, Exit exit)
    {
        var budget = host.Services.GetRequiredService<BodyBudget>();
        var pod = TestReviews.CreatePod();
        var large = (byte[])[.. pod, .. Enumerable.Repeat((byte)' ', Limit + 1 - pod.Length)];
        var taken = exit switch
        {
            Exit.OverBudgetAtOnce => Budget - 10,
            Exit.OverBudgetInTheIndex => Budget - (16 * 1024) - 10,
            Exit.OverBudgetInTheObject => Budget - (24 * 1024),
            _ => 0,
        };
        Assert.True(budget.TryTake(taken));
        var labels = WorstObjects.Create("labels", exit == Exit.OverBudgetInTheOldObject ? 60_000 : 12_000);
        var response = exit switch
        {
            Exit.TooLarge => await host.PostAsync(large),
            Exit.TooLargeWithoutLength => await host.PostAsync(Unsized(large)),
            Exit.OverBudgetInTheOldObject => await host.PostAsync(RandomObject.Review("""{"metadata":{"name":"old"}}"""u8.ToArray(), labels)),
            Exit.OverBudgetInTheEdit => await host.PostAsync(RandomObject.Review(labels, before: null)),
            _ => await host.PostAsync(pod),
        };
        Assert.Equal(taken, budget.Used);
        return response;
    }

    private static StreamContent Unsized(byte[] body)
    {
        var content = new StreamContent(new UnsizedStream(body));
        content.Headers.ContentType = new("application/json");
        return content;
    }

    // The handler takes what is left, up to where the next step does not fit.
    private static Task<WebhookHost> StartAsync(TooLargePolicy policy, EnforcementMode mode = EnforcementMode.Enforce) => WebhookHost.StartAsync(
        webhooks => _ = mode == EnforcementMode.Enforce
            ? webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").OnTooLarge(policy).Handle<V1Pod>(
                context =>
                {
                    if (context.OldObject is null)
                    {
                        context.Object.EnsureMetadata().EnsureLabels()["edited"] = "yes";
                    }

                    return AdmissionResult.Allow();
                },
                rule => rule.On(Operations.Any).Resource("*", "*", "*", "*")))
            : webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Mode(mode).OnTooLarge(policy).Handle<V1Pod>(_ => AdmissionResult.Allow())),
        options: options => (options.MaxRequestBodyBytes, options.MaxBytesInFlight) = (Limit, Budget));
}
