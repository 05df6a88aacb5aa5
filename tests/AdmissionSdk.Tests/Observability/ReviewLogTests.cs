using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Observability;

/// <summary>One line a decision, with the review in scope, and never an object.</summary>
public sealed class ReviewLogTests
{
    [Fact]
    public async Task Decided_OneReview_IsOneInformationLine()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Deny("no"));

        await host.PostAsync();

        var line = host.Line("Decided");
        Assert.Equal((LogLevel.Information, 300), (line.Level, line.Id.Id));
        Assert.StartsWith($"{WebhookHost.Name}: denied CREATE v1/pods default/web in ", line.Message, StringComparison.Ordinal);
        Assert.Equal(1, host.Logs.Count(record => record.Category!.StartsWith("AdmissionSdk", StringComparison.Ordinal)
            && record.Level >= LogLevel.Information && record.Id.Id is >= 200 and < 400));
    }

    [Fact]
    public async Task Scope_LineOfAHandler_CarriesTheReview()
    {
        await using var host = await StartAsync(context =>
        {
            context.Services.GetRequiredService<ILoggerFactory>().CreateLogger("handler").LogWarning("hello");
            return AdmissionResult.Allow();
        });

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["dryRun"] = true));

        var scope = Assert.Single(host.Logs, record => record.Category == "handler").Scopes
            .OfType<IReadOnlyList<KeyValuePair<string, object?>>>().Single(pairs => pairs.Any(pair => pair.Key == "Webhook"))
            .ToDictionary(pair => pair.Key, pair => pair.Value);
        Assert.Equal(TestReviews.PodUid, scope["Uid"]);
        Assert.Equal(WebhookHost.Name, scope["Webhook"]);
        Assert.Equal("CREATE", scope["Operation"]);
        Assert.Equal("v1/pods", scope["Resource"]);
        Assert.Equal("default", scope["Namespace"]);
        Assert.Equal("web", scope["Name"]);
        Assert.Equal(true, scope["DryRun"]);
        Assert.Equal(7, scope.Count);
    }

    [Fact]
    public async Task NotDecided_HandlerThrows_IsAnErrorWithTheException()
    {
        await using var host = await StartAsync(_ => throw new TimeZoneNotFoundException("detail"));

        await host.PostAsync();

        var line = host.Line("NotDecided");
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.IsType<TimeZoneNotFoundException>(line.Exception);
        Assert.DoesNotContain(host.Logs, record => record.Id.Name == "Decided");
    }

    [Fact]
    public async Task NotDecided_ContentOfTheRequest_IsAWarning()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Allow());

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["spec"] = 7));

        Assert.Equal(LogLevel.Warning, host.Line("NotDecided").Level);
    }

    [Fact]
    public async Task Logs_AnyLevel_NeverCarryTheObject()
    {
        await using var host = await StartAsync(_ => throw new TimeZoneNotFoundException("detail"));

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["metadata"]!["annotations"] =
            new System.Text.Json.Nodes.JsonObject { ["secret"] = "hunter2" }));

        Assert.DoesNotContain(host.Logs, record => record.ToString()!.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Decided_NameWithLineBreak_ForgesNoLine()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Allow());

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["name"] = "x\ninfo: all is well"));

        Assert.DoesNotContain('\n', host.Line("Decided").Message);
    }

    [Fact]
    public async Task RequestRejected_AnonymousNoise_IsDebug()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Allow());

        await host.PostAsync("{"u8.ToArray());

        Assert.Equal(LogLevel.Debug, host.Line("RequestRejected").Level);
    }

    private static Task<ObservedHost> StartAsync(Func<ValidationContext<V1Pod>, AdmissionResult> handler) =>
        ObservedHost.StartAsync(webhooks => webhooks.AddValidating(WebhookHost.Name, hook => hook.Path("/hook").Handle(handler)));
}
