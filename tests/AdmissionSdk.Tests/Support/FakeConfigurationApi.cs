using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Support;

/// <summary>The part of an API server that keeps webhook configurations and takes events, over real HTTP. Server-side apply keeps what others added.</summary>
internal sealed class FakeConfigurationApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _objects = new(StringComparer.Ordinal);

    private FakeConfigurationApi(WebApplication app) => _app = app;

    /// <summary>The recorded events.</summary>
    public ConcurrentQueue<string> Events { get; } = new();

    /// <summary>The status of every response to a write; zero serves normally.</summary>
    public int BrokenWrites { get; set; }

    /// <summary>The status of every response; zero serves normally.</summary>
    public int Broken { get; set; }

    public Kubernetes Client() => new(new KubernetesClientConfiguration
    {
        Host = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
    });

    public static async Task<FakeConfigurationApi> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new FakeConfigurationApi(builder.Build());
        api._app.MapGet("/apis/admissionregistration.k8s.io/v1/{resource}/{name}", api.ReadAsync);
        api._app.MapPatch("/apis/admissionregistration.k8s.io/v1/{resource}/{name}", api.ApplyAsync);
        api._app.MapPost("/api/v1/namespaces/default/events", api.RecordAsync);
        await api._app.StartAsync();
        return api;
    }

    public void Put(IKubernetesObject<V1ObjectMeta> configuration) =>
        _objects[Key($"{configuration.Kind}/{configuration.Metadata.Name}")] = KubernetesJson.Serialize(configuration);

    public bool Has(string subject) => _objects.ContainsKey(Key(subject));

    public T Get<T>(string subject) => KubernetesJson.Deserialize<T>(_objects[Key(subject)]);

    public void Delete(string subject) => _objects.TryRemove(Key(subject), out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Key(string subject) => subject.Split('/') is [var kind, var name] ? $"{kind.ToLowerInvariant()}s/{name}" : throw new ArgumentException(subject);

    private async Task RecordAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Events.Enqueue(await reader.ReadToEndAsync());
        await http.Response.WriteAsync("{}");
    }

    private async Task ApplyAsync(HttpContext http, string resource, string name)
    {
        if (BrokenWrites != 0)
        {
            http.Response.StatusCode = BrokenWrites;
            return;
        }

        var applied = (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        if (_objects.TryGetValue($"{resource}/{name}", out var live))
        {
            var names = applied["webhooks"]!.AsArray().Select(webhook => (string?)webhook!["name"]).ToHashSet();
            foreach (var other in JsonNode.Parse(live)!["webhooks"]!.AsArray().Where(webhook => !names.Contains((string?)webhook!["name"])))
            {
                applied["webhooks"]!.AsArray().Add(other!.DeepClone());
            }
        }

        await http.Response.WriteAsync(_objects[$"{resource}/{name}"] = applied.ToJsonString());
    }

    private async Task ReadAsync(HttpContext http, string resource, string name)
    {
        if (Broken != 0 || !_objects.TryGetValue($"{resource}/{name}", out var text))
        {
            http.Response.StatusCode = Broken != 0 ? Broken : 404;
            return;
        }

        await http.Response.WriteAsync(text);
    }
}
