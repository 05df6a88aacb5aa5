using System.Text.Json.Nodes;
using AdmissionSdk.Dispatch;
using AdmissionSdk.Manifests;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Dispatch.Support;
using AdmissionSdk.Tests.Support;

namespace AdmissionSdk.Tests.Dispatch;

/// <summary>Every handler gets the reviews that its own rules let through, and no others, whatever other handlers the webhook has.</summary>
/// <remarks>Covers <see cref="WebhookRuntime"/>, <see cref="HandlerDescriptor"/>, <see cref="HandlerSelection"/>, <see cref="HandlerVersions"/>, <see cref="ResourceTarget"/>, <see cref="RuleList"/>.</remarks>
public sealed class RuleDispatchTests
{
    private const string Name = "guard.registry.example.com";
    private static readonly string[] Served = ["v1beta1", "v1", "v2"];

    private static readonly IReadOnlyList<Coordinate> Requests =
    [
        .. from @group in new[] { "", VersionedWidgets.Group, "other.example.com" }
           from version in Served
           from resource in new[] { VersionedWidgets.Plural, "namespaces", "others" }
           from subresource in new[] { "", "status", "scale" }
           from operation in new[] { "CREATE", "UPDATE", "DELETE", "CONNECT", "LATER" }
           from @namespace in new[] { "", "shop" }
           select new Coordinate(@group, version, resource, subresource, operation, @namespace),
    ];

    [Theory]
    [InlineData(MatchPolicy.Exact)]
    [InlineData(MatchPolicy.Equivalent)]
    public void Match_ReviewThatTheRulesLetThrough_ReachesTheHandlersWhoseOwnRulesMatch(MatchPolicy policy)
    {
        var compared = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            if (Create(webhooks => RandomWebhook.Add(webhooks, Name, new Random(seed), policy)) is not { } webhook)
            {
                continue;
            }

            var runtime = new WebhookRuntime(webhook, []);
            var rules = RuleList.Create(webhook.Handlers);
            var own = webhook.Handlers.Select(handler => RuleList.Create([handler])).ToList();
            foreach (var review in Requests.Select(request => RuleOracle.Send(rules, request, Served, policy)).OfType<Coordinate>().Distinct())
            {
                var expected = webhook.Handlers.Where((_, i) => own[i].Any(rule => RuleOracle.Matches(rule, review))).ToList();
                var actual = runtime.Match(review.ToRequest());

                Assert.NotEmpty(actual);
                Assert.True(expected.SequenceEqual(actual), $"Seed {seed}, {review}: {Describe(webhook, expected)} expected, {Describe(webhook, actual)} dispatched.");
                compared++;
            }
        }

        Assert.InRange(compared, 5_000, int.MaxValue);
    }

    [Theory]
    [InlineData("v1", "New")]
    [InlineData("v1beta1", "Old")]
    [InlineData("v2", "")]
    public void Match_HandlersOfTwoVersions_EachGetsItsOwn(string version, string expected)
    {
        var runtime = Runtime(webhook => webhook
            .Handle<VersionedWidgets.New>(_ => AdmissionResult.Allow())
            .Handle<VersionedWidgets.Old>(_ => AdmissionResult.Allow()));

        Assert.Equal(expected, string.Join(' ', runtime.Match(Gadget(version)).Select(handler => handler.ObjectType.Name)));
    }

    // Code and cluster differ while they are rolled out, and Eviction has come in two versions.
    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    [InlineData("v2")]
    public void Match_HandlersOfOneVersion_TakeWhateverVersionComes(string version)
    {
        var runtime = Runtime(webhook => webhook
            .Handle<VersionedWidgets.New>(_ => AdmissionResult.Allow())
            .Handle<VersionedWidgets.New>(_ => AdmissionResult.Allow(), rule => rule.On(Operations.Any).Subresources("status"))
            .Handle<JsonObject>(_ => AdmissionResult.Allow(), rule => rule.Resource(VersionedWidgets.Group, "v1beta1", "others")));

        Assert.Equal(2, runtime.Match(Gadget(version)).Count);
    }

    [Theory]
    [InlineData("v1", 2)]
    [InlineData("v1beta1", 1)]
    public void Match_TypedHandlerBesideOneOfAllVersions_GetsItsOwnVersion(string version, int expected)
    {
        var runtime = Runtime(webhook => webhook
            .Handle<VersionedWidgets.New>(_ => AdmissionResult.Allow())
            .Handle<PartialObjectMetadata>(_ => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*")));

        Assert.Equal(expected, runtime.Match(Gadget(version)).Count);
    }

    [Theory]
    [InlineData("shop", "namespaced")]
    [InlineData("", "cluster")]
    public void Match_HandlersOfTwoScopes_EachGetsItsOwn(string @namespace, string expected)
    {
        var runtime = Runtime(webhook => webhook
            .Handle<JsonObject>(_ => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*").Scope(ResourceScope.Namespaced))
            .Handle<PartialObjectMetadata>(_ => AdmissionResult.Allow(), rule => rule.Resource("*", "*", "*").Scope(ResourceScope.Cluster)));

        var handler = Assert.Single(runtime.Match(new Coordinate("", "v1", "widgets", "", "CREATE", @namespace).ToRequest()));

        Assert.Equal(expected, handler.ObjectType == typeof(JsonObject) ? "namespaced" : "cluster");
    }

    [Fact]
    public void Registry_TypeOfOneVersionForAllVersionsBesideAnother_SaysWhichToName()
    {
        var problems = TestRegistry.Problems(webhooks => webhooks.AddValidatingWebhook(Name, webhook => webhook
            .Handle<VersionedWidgets.New>(_ => AdmissionResult.Allow(), rule => rule.Resource(VersionedWidgets.Group, "*", VersionedWidgets.Plural))
            .Handle<VersionedWidgets.Old>(_ => AdmissionResult.Allow())));

        Assert.Equal(
            [$"{Name}: New is gadgets.shop.example.com of v1, and is registered for every version, while another handler names v1beta1; say Resource(\"shop.example.com\", \"v1\", \"gadgets\")."],
            problems);
    }

    private static AdmissionSdk.Reviews.AdmissionRequest Gadget(string version) =>
        new Coordinate(VersionedWidgets.Group, version, VersionedWidgets.Plural, "", "CREATE", "shop").ToRequest();

    private static WebhookRuntime Runtime(Action<ValidatingWebhookBuilder> configure) =>
        new(TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, configure)).Webhooks[0], []);

    // A webhook of which the start says that it cannot work has nothing to dispatch.
    private static WebhookDescriptor? Create(Action<AdmissionWebhooksBuilder> webhooks)
    {
        try
        {
            return TestRegistry.Create(webhooks).Webhooks[0];
        }
        catch (WebhookRegistrationException)
        {
            return null;
        }
    }

    private static string Describe(WebhookDescriptor webhook, IEnumerable<HandlerDescriptor> handlers) =>
        $"[{string.Join(", ", handlers.Select(handler => $"{webhook.Handlers.ToList().IndexOf(handler)} {handler.ObjectType.Name} {string.Join(' ', handler.Resources)}"))}]";
}
