using System.Text.Json.Nodes;
using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Observability;

/// <summary>One line for each decision, with the review in scope, and never an object.</summary>
/// <remarks>Covers <see cref="Log"/>, <see cref="LogText"/>, <see cref="ReviewObservation"/>, <see cref="DecisionText"/>, <see cref="ReviewScope"/>.</remarks>
public sealed class ReviewLogTests
{
    [Fact]
    public async Task Decided_OneReview_IsOneInformationLine()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Deny("no"));

        await host.PostAsync();

        var line = host.Line("Decided");
        Assert.Equal((LogLevel.Information, 300), (line.Level, line.Id.Id));
        Assert.StartsWith($"{WebhookHost.Name}: denied CREATE v1/pods default/web for ", line.Message, StringComparison.Ordinal);
        Assert.Equal(1, host.Logs.Count(record => record.Category!.StartsWith("AdmissionSdk", StringComparison.Ordinal)
            && record.Level >= LogLevel.Information && record.Id.Id is >= 200 and < 400));
    }

    [Fact]
    public async Task Decided_Denial_SaysWhoWhyAndTheUidThatTheUserReads()
    {
        await using var host = await StartAsync(context =>
        {
            context.Warn("the tag moves");
            return AdmissionResult.Invalid(new FieldError("spec.containers[0].image", "must have a digest"));
        });

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["userInfo"]!["username"] = "jane\nroot"));

        var line = host.Line("Decided").Message;
        Assert.Contains($" default/web for jane\\nroot in ", line, StringComparison.Ordinal);
        Assert.EndsWith(
            $" ms, 0 patch operations (uid {TestReviews.PodUid}): spec.containers[0].image: must have a digest; warned: the tag moves", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decided_LongAndUncleanDenial_IsBoundedAndClean()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Deny("\u001b[2J" + new string('x', 10_000)));

        await host.PostAsync();

        var line = host.Line("Decided").Message;
        Assert.Contains("): \\x1b[2Jxxx", line, StringComparison.Ordinal);
        Assert.InRange(line.Length, DecisionText.Longest, DecisionText.Longest + 400);
    }

    [Fact]
    public async Task Decided_ManyWarnings_NamesTheFirstAndSaysThatThereAreMore()
    {
        await using var host = await StartAsync(context =>
        {
            for (var i = 0; i < 20; i++)
            {
                context.Warn($"w{i}");
            }

            return AdmissionResult.Allow();
        });

        await host.PostAsync();

        Assert.EndsWith("; warned: w0 | w1 | w2 | w3 | w4 | w5 | w6 | w7 | …", host.Line("Decided").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EnforcementMode.Warn)]
    [InlineData(EnforcementMode.Audit)]
    public async Task Decided_ModeThatDoesNotEnforce_SaysOnceWhatWouldHaveBeen(EnforcementMode mode)
    {
        await using var host = await ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(
            WebhookHost.Name, webhook => webhook.Path("/hook").Mode(mode).Handle<V1Pod>(_ => AdmissionResult.Deny("no"))));

        await host.PostAsync();

        Assert.EndsWith(": would have been denied: no", host.Line("Decided").Message, StringComparison.Ordinal);
        Assert.DoesNotContain("warned", host.Line("Decided").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotDecided_UndecodableInProduction_NamesTheFieldAndTheUser()
    {
        await using var host = await StartAsync(_ => AdmissionResult.Allow());

        var response = await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["spec"]!["containers"] = JsonNode.Parse("""[{"ports":"x"}]""")));

        var line = host.Line("NotDecided").Message;
        Assert.Contains($"(uid {TestReviews.PodUid}): object cannot be read as V1Pod: JsonException at spec.containers[0].ports", line, StringComparison.Ordinal);
        Assert.Matches(" for [^ ]+ in ", line);
        Assert.Contains("spec.containers[0].ports", response.Text, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("""{"spec":7}""")]
    [InlineData("""{"metadata":{"creationTimestamp":"hunter2"}}""")]
    [InlineData("""{"metadata":{"labels":{"hunter2":7}}}""")]
    [InlineData("""{"spec":{"containers":[{"resources":{"limits":{"cpu":"hunter2"}}}]}}""")]
    [InlineData("""{"spec":{"containers":[{"resources":{"limits":{"hunter2":{}}}}]}}""")]
    public async Task NotDecided_ObjectThatDoesNotFit_IsAWarningThatQuotesNothing(string @object)
    {
        // A decoder's exceptions name members and quote values.
        await using var host = await StartAsync(_ => AdmissionResult.Allow());

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"] = JsonNode.Parse(@object)));

        var line = host.Line("NotDecided");
        Assert.Equal((LogLevel.Warning, null), (line.Level, line.Exception));
        Assert.Contains("object cannot be read as V1Pod: ", line.Message, StringComparison.Ordinal);
        Assert.All(host.Logs, record => Assert.DoesNotContain("hunter2", Everything(record), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ScopeNotClosed_ServiceThrowsAfterTheDecision_TheDenialStands()
    {
        await using var host = await ObservedHost.StartAsync(
            webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(context =>
            {
                context.Services.GetRequiredService<BrokenService>();
                context.Warn("careful");
                return AdmissionResult.Deny("no");
            })),
            services: services => services.AddScoped<BrokenService>());

        var response = (await host.PostAsync()).AssertReview();

        Assert.Equal((403, "careful"), (response["status"]!["code"]!.GetValue<int>(), response["warnings"]![0]!.GetValue<string>()));
        var line = host.Line("ScopeNotClosed");
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.IsType<NotSupportedException>(line.Exception);
    }

    [Fact]
    public async Task Logs_AnyLevel_NeverCarryTheObject()
    {
        await using var host = await StartAsync(_ => throw new TimeZoneNotFoundException("detail"));

        await host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["metadata"]!["annotations"] =
            new System.Text.Json.Nodes.JsonObject { ["secret"] = "hunter2" }));

        Assert.All(host.Logs, record => Assert.DoesNotContain("hunter2", Everything(record), StringComparison.Ordinal));
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

    private static string Everything(FakeLogRecord record) => string.Join(
        '\n',
        [
            record.Message, record.Exception?.ToString(), .. record.StructuredState?.Select(pair => $"{pair}") ?? [],
            .. record.Scopes.Select(scope => scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : $"{scope}"),
        ]);

    private static Task<ObservedHost> StartAsync(Func<ValidationContext<V1Pod>, AdmissionResult> handler) =>
        ObservedHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle(handler)));

    private sealed class BrokenService : IDisposable
    {
        public void Dispose() => throw new NotSupportedException("on purpose");
    }
}
