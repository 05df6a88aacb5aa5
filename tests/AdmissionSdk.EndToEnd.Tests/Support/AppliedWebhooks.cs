using AdmissionSdk.Registration;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>Webhooks of an application that its own <c>apply</c> put into a cluster, until disposed.</summary>
internal sealed class AppliedWebhooks : IAsyncDisposable
{
    private const string App = "registered";
    private readonly KubeApiServerFixture _server;
    private readonly string _name;

    private AppliedWebhooks(KubeApiServerFixture server, string name) => (_server, _name) = (server, name);

    /// <summary>Applies webhooks for one namespace, so that tests leave each other alone, and returns when the API server calls the webhooks.</summary>
    public static async Task<AppliedWebhooks> ApplyAsync(
        KubeApiServerFixture server, Action<AdmissionWebhooksBuilder> webhooks, IEnumerable<string> names, string @namespace, Uri address, byte[] caBundle)
    {
        // The application's own namespace is exempt, so the application gets another namespace.
        var own = $"{@namespace}-webhooks";
        await CommandAsync(server, App, own, webhooks, address, caBundle, OnlyIn(@namespace, names));
        return await InForceAsync(server, $"{App}.{own}");
    }

    /// <summary>Runs an application's <c>apply</c>, which must succeed.</summary>
    public static async Task CommandAsync(
        KubeApiServerFixture server, string app, string @namespace, Action<AdmissionWebhooksBuilder> webhooks, Uri address, byte[] caBundle, IEnumerable<(string Key, string Value)>? settings = null)
    {
        var ca = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(ca, caBundle);
            var command = await AppCommand.RunAsync($"apply --app {app} --namespace {@namespace} --url {address} --ca-file {ca}", webhooks, server, settings);
            command.Succeeded();
        }
        finally
        {
            File.Delete(ca);
        }
    }

    /// <summary>Waits until the API server calls the webhooks that an <c>apply</c> has put into the cluster.</summary>
    /// <param name="server">The cluster.</param>
    /// <param name="name">The configurations' name.</param>
    /// <returns>The webhooks, until disposed.</returns>
    public static async Task<AppliedWebhooks> InForceAsync(KubeApiServerFixture server, string name)
    {
        await server.WaitForWebhooksAsync();
        return new AppliedWebhooks(server, name);
    }

    /// <summary>The configuration that limits webhooks to a namespace.</summary>
    public static IEnumerable<(string Key, string Value)> OnlyIn(string @namespace, IEnumerable<string> names) =>
        names.Select(name => ($"AdmissionWebhooks:Webhooks:{name}:NamespaceSelector", $"kubernetes.io/metadata.name={@namespace}"));

    /// <summary>Changes the validating configuration as somebody with kubectl would, and returns when the API server acts on the change.</summary>
    /// <param name="patch">A JSON Patch.</param>
    public async Task EditAsync(string patch)
    {
        await _server.Client.AdmissionregistrationV1.PatchValidatingWebhookConfigurationAsync(
            new V1Patch(patch, V1Patch.PatchType.JsonPatch), _name, fieldManager: "kubectl-edit");
        await _server.WaitForWebhooksAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveAsync(_server.Client, _name);
        await _server.WaitForWebhooksAsync();
    }

    /// <summary>Deletes the configurations of a name, if there are any.</summary>
    public static async Task RemoveAsync(IKubernetes client, string name)
    {
        foreach (var delete in new Func<Task>[]
        {
            () => client.AdmissionregistrationV1.DeleteMutatingWebhookConfigurationAsync(name),
            () => client.AdmissionregistrationV1.DeleteValidatingWebhookConfigurationAsync(name),
        })
        {
            try
            {
                await delete();
            }
            catch (HttpOperationException exception) when (exception.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                // The application had no webhook of this type.
            }
        }
    }
}
