using System.Collections.Concurrent;
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

/// <summary>The part of an API server that reads webhook configurations, over real HTTP.</summary>
internal sealed class FakeConfigurationApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _objects = new(StringComparer.Ordinal);

    private FakeConfigurationApi(WebApplication app) => _app = app;

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
        await api._app.StartAsync();
        return api;
    }

    public void Put(IKubernetesObject<V1ObjectMeta> configuration) =>
        _objects[$"{configuration.Kind.ToLowerInvariant()}s/{configuration.Metadata.Name}"] = KubernetesJson.Serialize(configuration);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

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
