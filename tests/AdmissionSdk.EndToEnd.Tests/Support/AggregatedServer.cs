using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>
/// An aggregated API server of one resource, to which kube-apiserver sends requests on. As such servers may, it asks a webhook about a deletion before it
/// has looked for the object, so that the review has none.
/// </summary>
internal sealed class AggregatedServer : IAsyncDisposable
{
    public const string Group = "aggregated.example.com";

    private readonly WebApplication _app;
    private readonly Uri _webhook;
    private readonly HttpClient _client;

    private AggregatedServer(Uri webhook, X509Certificate2 authority)
    {
        _webhook = webhook;
        _client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck } },
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(WebhookServer.CreateCertificate())));
        _app = builder.Build();
        _app.MapGet($"/apis/{Group}/v1", () => new JsonObject
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = $"{Group}/v1",
            ["resources"] = new JsonArray(new JsonObject { ["name"] = "flowers", ["singularName"] = "flower", ["namespaced"] = true, ["kind"] = "Flower", ["verbs"] = new JsonArray("delete") }),
        });
        _app.MapDelete($"/apis/{Group}/v1/namespaces/{{namespace}}/flowers/{{name}}", DeleteAsync);
    }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public static async Task<AggregatedServer> StartAsync(WebhookServer webhook)
    {
        var url = new Uri(webhook.Address, $"{webhook.Registry.Webhooks[0].Path}?timeout=10s");
        var server = new AggregatedServer(url, X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(webhook.CaBundle)));
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task<IResult> DeleteAsync(string @namespace, string name)
    {
        var gvr = new JsonObject { ["group"] = Group, ["version"] = "v1", ["resource"] = "flowers" };
        var gvk = new JsonObject { ["group"] = Group, ["version"] = "v1", ["kind"] = "Flower" };
        var review = new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["request"] = new JsonObject
            {
                ["uid"] = Guid.NewGuid().ToString(),
                ["kind"] = gvk,
                ["resource"] = gvr,
                ["requestKind"] = gvk.DeepClone(),
                ["requestResource"] = gvr.DeepClone(),
                ["name"] = name,
                ["namespace"] = @namespace,
                ["operation"] = "DELETE",
                ["userInfo"] = new JsonObject { ["username"] = "somebody" },
                ["object"] = null,
                ["oldObject"] = null,
                ["dryRun"] = false,
                ["options"] = new JsonObject { ["kind"] = "DeleteOptions", ["apiVersion"] = "meta.k8s.io/v1" },
            },
        };
        using var response = await _client.PostAsJsonAsync(_webhook, review);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Status(500, "Failure", text);
        }

        var verdict = JsonNode.Parse(text)!["response"]!;
        return verdict["allowed"]!.GetValue<bool>() ? Status(200, "Success", "") : Status(403, "Failure", verdict["status"]!["message"]!.GetValue<string>());
    }

    private static IResult Status(int code, string status, string message) => Results.Json(
        new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = status, ["message"] = message, ["code"] = code },
        statusCode: code);
}
