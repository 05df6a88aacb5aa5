using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Spine.Support;
using AdmissionSdk.EndToEnd.Tests.Support;

namespace AdmissionSdk.EndToEnd.Tests.Spine;

/// <summary>Handlers for two versions of one kind behind one webhook each get the objects of their own version.</summary>
/// <remarks>Covers <see cref="AdmissionSdk.Dispatch.WebhookRuntime"/>, <see cref="AdmissionSdk.Model.HandlerVersions"/>, <see cref="AdmissionSdk.Model.HandlerSelection"/>, <see cref="AdmissionSdk.Registration.ResourceTarget"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class VersionTests(ApiServerSession session)
{
    private const string InV1 = """{"apiVersion":"spine.example.com/v1","kind":"Store","metadata":{"name":"new"},"storage":{"size":"1Gi"}}""";
    private const string InV1Beta1 = """{"apiVersion":"spine.example.com/v1beta1","kind":"Store","metadata":{"name":"old"},"storage":"1Gi"}""";
    private const string InV1Alpha1 = """{"apiVersion":"spine.example.com/v1alpha1","kind":"Store","metadata":{"name":"older"},"storage":{"size":"1Gi"}}""";

    [ApiServerFact]
    public async Task Create_ValidatorsOfTwoVersions_EachJudgesItsOwn()
    {
        await session.Server.ApplyCrdAsync(VersionedStore.Definition);
        List<string> seen = [];
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddValidatingWebhook("stores.spine.example.com", webhook => webhook
            .Handle<VersionedStore.New>(context => Note($"v1 {context.Object.Storage?.Size}"))
            .Handle<VersionedStore.Old>(context => Note($"v1beta1 {context.Object.Storage}"))
            .Handle<PartialObjectMetadata>(context => Note($"any {context.Resource.Version}"), rule => rule.Resource("spine.example.com", "*", "stores"))));

        await PostAsync(run, "v1", InV1);
        await PostAsync(run, "v1beta1", InV1Beta1);

        Assert.Equal(["v1 1Gi", "any v1", "v1beta1 1Gi", "any v1beta1"], seen);

        AdmissionResult Note(string what)
        {
            seen.Add(what);
            return AdmissionResult.Allow();
        }
    }

    [ApiServerFact]
    public async Task Create_MutatorOfOneVersion_LeavesTheOtherAlone()
    {
        await session.Server.ApplyCrdAsync(VersionedStore.Definition);
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddMutatingWebhook("stores.spine.example.com", webhook => webhook
            .Handle<VersionedStore.Old>(context =>
            {
                context.Object.Migrated = "yes";
                return AdmissionResult.Allow();
            })
            .Handle<VersionedStore.New>(_ => AdmissionResult.Allow())));

        Assert.Null((await PostAsync(run, "v1", InV1))["migrated"]);
        Assert.Equal("yes", (await PostAsync(run, "v1beta1", InV1Beta1))["migrated"]!.GetValue<string>());
    }

    // No rule has the version, so that the API server converts to the first that has (contract 2.8): here only apiVersion changes.
    [ApiServerFact]
    public async Task Create_VersionThatNobodyNames_IsConvertedToOneThatSomebodyDoes()
    {
        await session.Server.ApplyCrdAsync(VersionedStore.Definition);
        List<string> seen = [];
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddValidatingWebhook("stores.spine.example.com", webhook => webhook
            .Handle<VersionedStore.New>(context =>
            {
                seen.Add($"{context.RequestResource.Version} as {context.Resource.Version}: {context.Object.Storage?.Size}");
                return AdmissionResult.Allow();
            })));

        await PostAsync(run, "v1alpha1", InV1Alpha1);

        Assert.Equal(["v1alpha1 as v1: 1Gi"], seen);
    }

    private static async Task<JsonNode> PostAsync(WebhookRun run, string version, string store) =>
        JsonNode.Parse(await RawRequests.PostAsync(run.Client, $"apis/spine.example.com/{version}/namespaces/{run.Namespace}/stores", store))!;
}
