using System.Text.Json.Nodes;
using AdmissionSdk.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Spine;

/// <summary>Deletions without any object: kube-apiserver passes the request on to an aggregated API server, which asks the webhook.</summary>
/// <remarks>Covers <see cref="AdmissionSdk.AdmissionContext"/>, <see cref="AdmissionSdk.Dispatch.HandlerChain"/>, <see cref="AdmissionSdk.Dispatch.ValidatorInvoker{T}"/>, <see cref="AdmissionSdk.Dispatch.MutatorInvoker{T}"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class NoObjectTests(ApiServerSession session)
{
    private const string Webhook = "flowers.spine.example.com";

    private static readonly V1APIService ApiService = new()
    {
        ApiVersion = "apiregistration.k8s.io/v1",
        Kind = "APIService",
        Metadata = new V1ObjectMeta { Name = $"v1.{AggregatedServer.Group}" },
    };

    [ApiServerFact]
    public async Task Delete_OfAnAggregatedResource_IsDecidedByHandlersThatNeedNoObject()
    {
        await AssertAsync<JsonObject>(isMutating: false);
        await AssertAsync<PartialObjectMetadata>(isMutating: false);
        await AssertAsync<Flower>(isMutating: false);
        await AssertAsync<Flower>(isMutating: true);
    }

    // Objects that kube-apiserver itself deletes are in the review, one by one and as a collection.
    [ApiServerFact]
    public async Task Delete_OfKubernetesOwn_HasTheObject()
    {
        List<string> seen = [];
        await using var run = await WebhookRun.StartAsync(session.Server, webhooks => webhooks.AddValidatingWebhook("maps.spine.example.com", webhook => webhook.Handle<V1ConfigMap>(
            context =>
            {
                lock (seen)
                {
                    seen.Add($"{context.HasObject} {(context.HasObject ? context.Object.Metadata.Name : "")}");
                }

                return AdmissionResult.Allow();
            },
            rule => rule.On(Operations.Delete))));
        foreach (var name in new[] { "a", "b", "c" })
        {
            await run.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name } }, run.Namespace);
        }

        await run.Client.CoreV1.DeleteNamespacedConfigMapAsync("a", run.Namespace);
        await run.Client.CoreV1.DeleteCollectionNamespacedConfigMapAsync(run.Namespace);

        Assert.Equal(["True a", "True b", "True c"], seen.Distinct().Order());
    }

    private async Task AssertAsync<T>(bool isMutating)
        where T : class
    {
        await using var webhook = await WebhookServer.StartAsync(webhooks =>
        {
            if (isMutating)
            {
                webhooks.AddMutatingWebhook(Webhook, builder => builder.Handle<T>(Decide, Rule));
            }
            else
            {
                webhooks.AddValidatingWebhook(Webhook, builder => builder.Handle<T>(Decide, Rule));
            }
        });
        await using var server = await AggregatedServer.StartAsync(webhook);
        var @namespace = await session.Server.CreateNamespaceAsync();
        var client = session.Server.Client;
        await client.CoreV1.CreateNamespacedServiceAsync(
            new V1Service
            {
                Metadata = new V1ObjectMeta { Name = "flowers" },
                Spec = new V1ServiceSpec { Type = "ExternalName", ExternalName = "localhost", Ports = [new V1ServicePort { Port = server.Port }] },
            },
            @namespace);
        await client.ApiregistrationV1.CreateAPIServiceAsync(new V1APIService
        {
            ApiVersion = ApiService.ApiVersion,
            Kind = ApiService.Kind,
            Metadata = ApiService.Metadata,
            Spec = new V1APIServiceSpec
            {
                Group = AggregatedServer.Group,
                Version = "v1",
                GroupPriorityMinimum = 1000,
                VersionPriority = 10,
                InsecureSkipTLSVerify = true,
                Service = new Apiregistrationv1ServiceReference { Name = "flowers", NamespaceProperty = @namespace, Port = server.Port },
            },
        });
        try
        {
            await Eventually.HoldsAsync(async () => (await DeleteAsync(@namespace, "rose")).Status == 200, "the aggregated API server is reached");

            var (status, body) = await DeleteAsync(@namespace, "kept");
            Assert.Equal((403, "kept may not go"), (status, JsonNode.Parse(body)!["message"]!.GetValue<string>()));

            (status, body) = await DeleteAsync(@namespace, "looked-at");
            Assert.Equal(500, status);
            Assert.Contains("the API server sent no object; see HasObject", body, StringComparison.Ordinal);
        }
        finally
        {
            await client.ApiregistrationV1.DeleteAPIServiceAsync(ApiService.Metadata.Name);
        }

        static void Rule(Registration.HandlerRuleBuilder rule) => rule.On(Operations.Delete).Resource(AggregatedServer.Group, "v1", "flowers");
    }

    private Task<(int Status, string Body)> DeleteAsync(string @namespace, string name) =>
        RawRequests.SendAsync(session.Server.Client, HttpMethod.Delete, $"apis/{AggregatedServer.Group}/v1/namespaces/{@namespace}/flowers/{name}");

    private static AdmissionResult Decide<T>(ValidationContext<T> context)
        where T : class => Decide(context, () => context.Object);

    private static AdmissionResult Decide<T>(MutationContext<T> context)
        where T : class => Decide(context, () => context.Object);

    private static AdmissionResult Decide(AdmissionContext context, Func<object> look) => context.Name switch
    {
        "kept" => AdmissionResult.Deny("kept may not go"),
        "looked-at" => look() is null ? AdmissionResult.Allow() : AdmissionResult.Deny("there is an object"),
        _ => context.HasObject ? AdmissionResult.Deny("there is an object") : AdmissionResult.Allow(),
    };

    private sealed class Flower
    {
        public string? Color { get; set; }
    }
}
