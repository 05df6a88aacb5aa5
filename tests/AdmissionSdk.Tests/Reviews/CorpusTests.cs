using System.Reflection;
using System.Text.Json.Nodes;
using AdmissionSdk.Models;
using AdmissionSdk.Reviews;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Reviews;

/// <summary>
/// A review for every verb of every resource and subresource of an API server: each is read, and a mutator that does nothing patches none of
/// them, be the objects JSON, metadata only, or of KubernetesClient's type.
/// </summary>
/// <remarks>Covers <see cref="AdmissionReviewReader"/>, <see cref="MutationContext{TObject}"/>, <see cref="AdmissionSdk.Patching.PatchSession"/>.</remarks>
public sealed class CorpusTests
{
    private static readonly MethodInfo Typed = typeof(CorpusTests).GetMethod(nameof(ReplayAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly Dictionary<(string, string, string), Type> Types = typeof(V1Pod).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<KubernetesEntityAttribute>(false).Select(entity => (Key: (entity.Group ?? "", entity.ApiVersion, entity.Kind), Type: type)))
        .Concat(new[] { typeof(PodExecOptions), typeof(PodAttachOptions), typeof(PodPortForwardOptions), typeof(PodProxyOptions), typeof(ServiceProxyOptions), typeof(NodeProxyOptions) }
            .Select(type => (Key: ("", "v1", type.Name), Type: type)))
        .DistinctBy(pair => pair.Key).ToDictionary(pair => pair.Key, pair => pair.Type);

    public static TheoryData<string> Kinds => [.. TypedKinds];

    private static IEnumerable<string> TypedKinds => CorpusReviews.All.Select(review => Name(review.Body)).Distinct().Where(name => Types.ContainsKey(Parse(name)));

    [Fact]
    public void Corpus_HasEveryOperationAndManyKinds()
    {
        Assert.Equal(CorpusReviews.All.Count, CorpusReviews.All.Select(review => review.Key).Distinct().Count());
        Assert.Equal(
            ["CONNECT", "CREATE", "DELETE", "UPDATE"],
            CorpusReviews.All.Select(review => AdmissionReviewReader.Read(review.Body).Operation.Value!).Distinct().Order(StringComparer.Ordinal));
        Assert.True(CorpusReviews.All.Count > 250, $"{CorpusReviews.All.Count} reviews");
        Assert.True(TypedKinds.Count() > 50, $"{TypedKinds.Count()} kinds with a type");
    }

    [Fact]
    public Task Replay_AsJson_PatchesNothing() => ReplayAsync<JsonObject>(CorpusReviews.All);

    [Fact]
    public Task Replay_AsMetadata_PatchesNothing() => ReplayAsync<PartialObjectMetadata>(CorpusReviews.All);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Replay_AsItsType_PatchesNothing(string kind) => (Task)Typed.MakeGenericMethod(Types[Parse(kind)]).Invoke(
        null, [CorpusReviews.All.Where(review => Name(review.Body) == kind).ToList()])!;

    private static async Task ReplayAsync<T>(IReadOnlyList<(string Key, byte[] Body)> reviews)
        where T : class
    {
        var read = 0;
        await using var host = await WebhookHost.StartAsync(webhooks => webhooks.AddMutatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<T>(
            context =>
            {
                // Reading the old object is what decodes it.
                read += context.OldObject is not null || context.Operation == Operation.Create || context.Operation == Operation.Connect ? 1 : 0;
                return AdmissionResult.Allow();
            },
            rule => rule.On(Operations.Any).Resource("*", "*", "*", "*"))));

        foreach (var (key, body) in reviews)
        {
            var response = (await host.PostAsync(body)).AssertReview(CorpusReviews.Uid(body));
            Assert.True(response.Select(member => member.Key).SequenceEqual(["uid", "allowed"]) && (bool)response["allowed"]!, $"{key}: {response.ToJsonString()}");
        }

        Assert.Equal(reviews.Count, read);
    }

    private static string Name(byte[] body)
    {
        var (group, version, kind) = CorpusReviews.KindOf(body);
        return $"{group}/{version}/{kind}";
    }

    private static (string, string, string) Parse(string name) => name.Split('/') is [var group, var version, var kind] ? (group, version, kind) : default;
}
