using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Tests.Support;

/// <summary>The part of an API server that serves namespaces, over real HTTP.</summary>
internal sealed class FakeNamespaceApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, JsonObject> _namespaces = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _calls = new();
    private Channel<string> _events = Channel.CreateUnbounded<string>();
    private int _version = 100;

    private FakeNamespaceApi(WebApplication app) => _app = app;

    /// <summary>The status of every response; zero serves normally.</summary>
    public int Broken { get; set; }

    /// <summary>The status of every response to a watch; zero serves normally.</summary>
    public int BrokenWatch { get; set; }

    /// <summary>Ends every watch at once, without an event.</summary>
    public bool EndsWatches { get; set; }

    /// <summary>The versions from which watches began.</summary>
    public ConcurrentQueue<string?> Versions { get; } = new();

    /// <summary>Holds single reads back until the task completes.</summary>
    public TaskCompletionSource? Hang { get; set; }

    public IReadOnlyList<string> Calls => [.. _calls];

    public Kubernetes Client() => new(new KubernetesClientConfiguration
    {
        Host = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
    });

    public static async Task<FakeNamespaceApi> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var api = new FakeNamespaceApi(app);
        app.MapGet("/api/v1/namespaces", api.ListAsync);
        app.MapGet("/api/v1/namespaces/{name}", api.ReadAsync);
        await app.StartAsync();
        return api;
    }

    public void Put(string name, string labelValue, bool notify = true)
    {
        var isNew = !_namespaces.ContainsKey(name);
        var item = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["resourceVersion"] = $"{Interlocked.Increment(ref _version)}",
                ["labels"] = new JsonObject { ["team"] = labelValue },
            },
        };
        _namespaces[name] = item;
        if (notify)
        {
            Notify(isNew ? "ADDED" : "MODIFIED", item);
        }
    }

    public void Delete(string name, bool notify = true)
    {
        if (_namespaces.TryRemove(name, out var item) && notify)
        {
            Notify("DELETED", item);
        }
    }

    /// <summary>Reports to the watcher that the watcher's version is too old.</summary>
    public void Expire() => Fail(410, "Expired");

    /// <summary>Breaks the watch off with an error event.</summary>
    public void Fail(int code, string reason) =>
        Notify("ERROR", new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = reason, ["code"] = code });

    /// <summary>Sends the watcher a bookmark.</summary>
    public void Bookmark(int version) =>
        Notify("BOOKMARK", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["resourceVersion"] = $"{version}" } });

    public void EndWatch()
    {
        var ended = _events;
        _events = Channel.CreateUnbounded<string>();
        ended.Writer.Complete();
    }

    public ValueTask DisposeAsync()
    {
        _events.Writer.TryComplete();
        Hang?.TrySetResult();
        return _app.DisposeAsync();
    }

    private void Notify(string type, JsonObject item) =>
        _events.Writer.TryWrite(new JsonObject { ["type"] = type, ["object"] = item.DeepClone() }.ToJsonString() + "\n");

    private async Task ListAsync(HttpContext http)
    {
        var watch = http.Request.Query["watch"] == "true";
        var events = _events;
        _calls.Enqueue(watch ? "watch" : "list");
        if (Broken != 0 || (watch && BrokenWatch != 0))
        {
            http.Response.StatusCode = Broken != 0 ? Broken : BrokenWatch;
            return;
        }

        if (!watch)
        {
            var after = (string?)http.Request.Query["continue"] ?? "";
            var limit = int.Parse(http.Request.Query["limit"]!, System.Globalization.CultureInfo.InvariantCulture);
            var page = _namespaces.Values.OrderBy(Name, StringComparer.Ordinal).Where(item => string.CompareOrdinal(Name(item), after) > 0).ToList();
            var items = page.Take(limit).ToList();
            await http.Response.WriteAsync(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "NamespaceList",
                ["metadata"] = new JsonObject { ["resourceVersion"] = $"{_version}", ["continue"] = page.Count > limit ? Name(items[^1]) : "" },
                ["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]),
            }.ToJsonString());
            return;
        }

        Versions.Enqueue(http.Request.Query["resourceVersion"]);
        await http.Response.Body.FlushAsync();
        if (EndsWatches)
        {
            return;
        }

        await foreach (var line in events.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.WriteAsync(line);
            await http.Response.Body.FlushAsync();
            if (line.Contains("\"ERROR\"", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private async Task ReadAsync(HttpContext http, string name)
    {
        _calls.Enqueue($"get {name}");
        if (Hang is { } hang)
        {
            await hang.Task;
        }

        if (Broken != 0 || !_namespaces.TryGetValue(name, out var item))
        {
            http.Response.StatusCode = Broken != 0 ? Broken : 404;
            return;
        }

        await http.Response.WriteAsync(item.ToJsonString());
    }

    private static string Name(JsonObject item) => item["metadata"]!["name"]!.GetValue<string>();
}
