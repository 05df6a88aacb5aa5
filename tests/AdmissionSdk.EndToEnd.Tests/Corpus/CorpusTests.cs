using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Corpus.Support;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Corpus;

/// <summary>
/// Every verb of every resource and subresource that the API server offers reaches a mutator that does nothing, and is answered without a patch.
/// ADMISSION_CORPUS=path writes the first review of each there, one a line: the corpus that the tests of the core replay.
/// </summary>
/// <remarks>Covers <see cref="AdmissionSdk.Reviews.AdmissionReviewReader"/>, <see cref="AdmissionSdk.Dispatch.HandlerChain"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class CorpusTests(ApiServerSession session)
{
    // The table of objects is CI's API server's; newer ones offer more.
    private static readonly Version Recorded = new(1, 20);

    [ApiServerFact]
    public async Task EveryVerbOfEveryResource_ReachesTheMutatorAndIsNotPatched()
    {
        var @namespace = await session.Server.CreateNamespaceAsync();
        await using var app = await CorpusApp.StartAsync();
        var driver = new CorpusDriver((Kubernetes)session.Server.Client, @namespace, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Corpus", "objects.json")))!.AsObject());
        var steps = await driver.DiscoverAsync();
        List<string> lines = [];
        List<string> missing = [];
        var all = new List<(string Review, string Response)>();
        await using (await session.Server.InstallAsync([Everything(app)], app.Address, app.CaBundle))
        {
            foreach (var step in steps)
            {
                if (!driver.Knows(step))
                {
                    missing.Add($"{step.Key} (not in objects.json)");
                    continue;
                }

                await driver.PrepareAsync(step);
                all.AddRange(app.Take());
                await driver.RunAsync(step);
                var taken = app.Take();
                all.AddRange(taken);
                if (taken.FirstOrDefault(exchange => IsOf(step, exchange.Review)) is { Review: { } review })
                {
                    lines.Add($"{step.Key}\t{review.TrimEnd('\n')}");
                }
                else
                {
                    missing.Add(step.Key);
                }

                await driver.CleanAsync(step);
                all.AddRange(app.Take());
            }
        }

        Assert.True(lines.Count > 100, $"{lines.Count} reviews, missing: {string.Join(", ", missing)}");
        Assert.Empty(all.Where(exchange => !IsPlainAllow(exchange.Response)).Select(exchange => $"{exchange.Review[..Math.Min(400, exchange.Review.Length)]} -> {exchange.Response}"));
        if (session.Server.Version < new Version(Recorded.Major, Recorded.Minor + 1))
        {
            Assert.Empty(missing);
        }

        if (Environment.GetEnvironmentVariable("ADMISSION_CORPUS") is { Length: > 0 } path)
        {
            await File.WriteAllLinesAsync(path, lines);
        }
    }

    private static V1MutatingWebhookConfiguration Everything(CorpusApp app) => new()
    {
        ApiVersion = "admissionregistration.k8s.io/v1",
        Kind = "MutatingWebhookConfiguration",
        Metadata = new V1ObjectMeta { Name = "corpus" },
        Webhooks =
        [
            new V1MutatingWebhook
            {
                Name = "corpus.example.com",
                AdmissionReviewVersions = ["v1"],
                SideEffects = "None",
                FailurePolicy = "Ignore",
                MatchPolicy = "Exact",
                ClientConfig = new Admissionregistrationv1WebhookClientConfig { Url = new Uri(app.Address, CorpusApp.Path).AbsoluteUri },
                Rules = [new V1RuleWithOperations { ApiGroups = ["*"], ApiVersions = ["*"], Resources = ["*/*"], Operations = ["*"] }],
            },
        ],
    };

    private static bool IsOf(CorpusStep step, string review)
    {
        var request = JsonNode.Parse(review)!["request"]!;
        var resource = request["resource"]!;
        var operation = step.IsConnect ? "CONNECT" : step.Verb switch { "create" => "CREATE", "update" or "patch" => "UPDATE", _ => "DELETE" };
        return (string?)resource["group"] == step.Group && (string?)resource["version"] == step.GroupVersion.Split('/')[^1] && (string?)resource["resource"] == step.Main
            && ((string?)request["subResource"] ?? "") == step.Subresource && (string?)request["operation"] == operation;
    }

    private static bool IsPlainAllow(string response) =>
        response.StartsWith('{') && JsonNode.Parse(response)!["response"] is JsonObject { Count: 2 } members && (bool)members["allowed"]!;
}
