using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.CommandLine.Tests.Support;

/// <summary>
/// Keeps mutating webhook configurations as an API server does, for behaviour that a real API server shows only in newer versions than CI has, or only
/// at an unlucky moment. Server-side apply keeps the fields of others, and refuses a webhook that is left with nothing else.
/// </summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private const string Path = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/{name}";
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private int _version;

    private FakeApiServer(WebApplication app) => _app = app;

    /// <summary>Changes by other clients, one right before each of the next patches.</summary>
    public Queue<Action<JsonObject>> Meanwhile { get; } = new();

    /// <summary>The Service of every name.</summary>
    public string Service { get; set; } = """{"metadata":{"name":"image-registry"},"spec":{"ports":[{"name":"webhook","port":443}]}}""";

    /// <summary>The endpoint slices behind every Service.</summary>
    public IReadOnlyList<string> Slices { get; set; } =
        ["""{"metadata":{"name":"a"},"addressType":"IPv4","ports":[{"name":"webhook","port":8443}],"endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":true}}]}"""];

    public string Address => _app.Urls.Single();

    public static async Task<FakeApiServer> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new FakeApiServer(builder.Build());
        server._app.MapGet(Path, (string name) => server._objects.TryGetValue(name, out var found) ? Results.Text(found.ToJsonString(), "application/json") : Results.NotFound());
        server._app.MapPatch(Path, server.PatchAsync);
        server._app.MapDelete(Path, server.Delete);
        server._app.MapGet("/apis/admissionregistration.k8s.io/v1/{resource}", (string resource) => List(resource == "mutatingwebhookconfigurations" ? server._objects.Values : []));
        server._app.MapGet("/api/v1/namespaces/{namespace}/services/{name}", () => Results.Text(server.Service, "application/json"));
        server._app.MapGet("/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices", (string? labelSelector) => List(
            labelSelector == "kubernetes.io/service-name=image-registry" ? server.Slices.Select(slice => JsonNode.Parse(slice)!.AsObject()) : []));
        await server._app.StartAsync();
        return server;
    }

    public JsonObject Get(string name) => _objects[name];

    public bool Contains(string name) => _objects.ContainsKey(name);

    /// <summary>Writes as another client does.</summary>
    public void Edit(string name, Action<JsonObject> edit)
    {
        edit(_objects[name]);
        _objects[name]["metadata"]!["resourceVersion"] = $"{++_version}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Delete(HttpContext http, string name)
    {
        if (!http.Request.Query.ContainsKey("dryRun"))
        {
            _objects.TryRemove(name, out _);
        }

        return Results.Text("{}", "application/json");
    }

    private async Task<IResult> PatchAsync(HttpContext http, string name)
    {
        if (_objects.ContainsKey(name) && Meanwhile.TryDequeue(out var edit))
        {
            Edit(name, edit);
        }

        var body = (await JsonNode.ParseAsync(http.Request.Body))!;
        var isDryRun = http.Request.Query.ContainsKey("dryRun");
        var live = _objects.TryGetValue(name, out var found) ? found.DeepClone().AsObject() : null;
        if (body is JsonArray operations)
        {
            if ((string?)operations[0]!["value"] != (string?)live!["metadata"]!["resourceVersion"])
            {
                return Status(409, "the object has been modified");
            }

            live["webhooks"] = operations[1]!["value"]!.DeepClone();
        }
        else
        {
            live = Apply(live, body.AsObject());
        }

        if (Names(live).Any(item => item["clientConfig"] is not JsonObject client || (client["service"] is null && client["url"] is null)))
        {
            return Status(422, "webhooks[1].clientConfig: Required value: exactly one of url or service is required");
        }

        live["metadata"]!["resourceVersion"] = $"{_version + 1}";
        if (!isDryRun)
        {
            _version++;
            _objects[name] = live;
        }

        return Results.Text(live.ToJsonString(), "application/json");
    }

    // Other clients own CA bundles here, and nothing else.
    private static JsonObject Apply(JsonObject? live, JsonObject applied)
    {
        var result = applied.DeepClone().AsObject();
        foreach (var old in Names(live).Where(old => old["clientConfig"]?["caBundle"] is not null))
        {
            var bundle = old["clientConfig"]!["caBundle"]!.DeepClone();
            if (Names(result).FirstOrDefault(item => (string?)item["name"] == (string?)old["name"]) is { } kept)
            {
                kept["clientConfig"]!["caBundle"] = bundle;
            }
            else
            {
                result["webhooks"]!.AsArray().Add(new JsonObject { ["name"] = old["name"]!.DeepClone(), ["clientConfig"] = new JsonObject { ["caBundle"] = bundle } });
            }
        }

        var owned = new JsonObject();
        foreach (var webhook in Names(applied))
        {
            owned[$$"""k:{"name":"{{webhook["name"]}}"}"""] = new JsonObject { ["."] = new JsonObject(), ["f:name"] = new JsonObject() };
        }

        result["metadata"]!["managedFields"] = new JsonArray(new JsonObject
        {
            ["manager"] = "admission-sdk",
            ["operation"] = "Apply",
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = new JsonObject { ["f:webhooks"] = owned },
        });
        return result;
    }

    private static IResult List(IEnumerable<JsonObject> items) =>
        Results.Text(new JsonObject { ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]) }.ToJsonString(), "application/json");

    private static IEnumerable<JsonObject> Names(JsonObject? configuration) => (configuration?["webhooks"] as JsonArray ?? []).OfType<JsonObject>();

    private static IResult Status(int code, string message) =>
        Results.Text(new JsonObject { ["kind"] = "Status", ["message"] = message }.ToJsonString(), "application/json", statusCode: code);
}
