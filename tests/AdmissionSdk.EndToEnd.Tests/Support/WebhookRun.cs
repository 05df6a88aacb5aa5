using AdmissionSdk.Registration;
using AdmissionSdk.Testing.ApiServer;
using k8s;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>A webhook application installed in a real API server for one namespace, until disposed.</summary>
internal sealed class WebhookRun : IAsyncDisposable
{
    private readonly WebhookServer _server;
    private readonly IAsyncDisposable _installed;

    private WebhookRun(WebhookServer server, IAsyncDisposable installed, IKubernetes client, string @namespace)
    {
        _server = server;
        _installed = installed;
        Client = client;
        Namespace = @namespace;
    }

    public IKubernetes Client { get; }

    public string Namespace { get; }

    public static async Task<WebhookRun> StartAsync(KubeApiServerFixture apiServer, Action<AdmissionWebhooksBuilder> webhooks)
    {
        var @namespace = await apiServer.CreateNamespaceAsync();
        var server = await WebhookServer.StartAsync(webhooks);
        var installed = await AppliedWebhooks.ApplyAsync(
            apiServer, webhooks, server.Registry.Webhooks.Select(webhook => webhook.Name), @namespace, server.Address, server.CaBundle);
        return new WebhookRun(server, installed, apiServer.Client, @namespace);
    }

    public async ValueTask DisposeAsync()
    {
        await _installed.DisposeAsync();
        await _server.DisposeAsync();
    }
}
