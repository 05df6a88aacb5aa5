using System.Net;
using System.Net.Sockets;
using AdmissionSdk.Certificates;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>An application with managed certificates, as its generated Deployment would run it, on a port of this machine.</summary>
internal sealed class ManagedApp : IAsyncDisposable
{
    public const string App = "managed";
    private readonly WebApplication _app;
    private readonly CapturedLog _log;

    private ManagedApp(WebApplication app, CapturedLog log, int port, string @namespace)
    {
        (_app, _log) = (app, log);
        Options = $"--app {App} --namespace {@namespace} --url https://127.0.0.1:{port}";
    }

    /// <summary>The options that tell every command where the application runs.</summary>
    public string Options { get; }

    public ServingCertificate Serving => _app.Services.GetRequiredService<ServingCertificate>();

    public IReadOnlyCollection<(string? Event, string Message)> Logs => _log.Lines;

    /// <summary>The webhook of the application: refuses ConfigMaps with the name <c>bad</c> in one namespace.</summary>
    public static Action<AdmissionWebhooksBuilder> Guard(string @namespace) => webhooks => webhooks.AddValidatingWebhook("guard.managed.example.com", webhook => webhook
        .FailurePolicy(FailurePolicy.Fail).Timeout(TimeSpan.FromSeconds(10)).NamespaceSelector(labels => labels.In("kubernetes.io/metadata.name", @namespace))
        .Handle<V1ConfigMap>(context => context.Object.Metadata.Name == "bad" ? AdmissionResult.Deny("bad is bad") : AdmissionResult.Allow()));

    public static async Task<ManagedApp> StartAsync(
        IKubernetes client, string @namespace, Action<AdmissionWebhooksBuilder> webhooks, Action<WebApplicationBuilder>? configure = null)
    {
        var port = FreePort();
        var builder = WebApplication.CreateBuilder();
        var log = new CapturedLog();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AdmissionWebhooks:Manifests:App"] = App,
            ["AdmissionWebhooks:Manifests:Namespace"] = @namespace,
            ["AdmissionWebhooks:Manifests:Url"] = $"https://127.0.0.1:{port}",
            ["AdmissionWebhooks:Tls:Mode"] = "Managed",
            ["AdmissionWebhooks:Tls:Port"] = $"{port}",
            ["AdmissionWebhooks:Tls:ManagedCertificates:Interval"] = "500ms",
        });
        builder.Services.AddSingleton(client);
        builder.Services.AddAdmissionTls();
        webhooks(builder.Services.AddAdmissionWebhooks());
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        await app.StartAsync();
        return new ManagedApp(app, log, port, @namespace);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
