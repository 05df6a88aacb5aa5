using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.Drift;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Manifests;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace AdmissionSdk.EndToEnd.Tests.Host;

/// <summary>A registration that somebody edits or deletes in a real API server is put back, with the generated rights and no others.</summary>
/// <remarks>Covers <see cref="RegistrationRepair"/>, <see cref="RegistrationMark"/>, <see cref="DriftWatch"/>, <see cref="RbacManifests"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class SelfHealingTests(ApiServerSession session, ITestOutputHelper output)
{
    private KubeApiServerFixture Server => session.Server;

    [ApiServerFact]
    public async Task RepairDrift_EditedAndDeleted_IsPutBackWithAnEvent()
    {
        var (own, guarded) = (await Server.CreateNamespaceAsync(), await Server.CreateNamespaceAsync());
        Action<AdmissionWebhooksBuilder> webhooks = builder => ManagedApp.Guard(guarded)(builder.AddDriftCheck(options =>
        {
            options.RepairDrift = true;
            options.Interval = TimeSpan.FromSeconds(2);
        }));
        var manifests = (await AppCommand.RunAsync($"manifests --app {ManagedApp.App} --namespace {own}", webhooks)).Succeeded();
        using var client = await ServiceAccountClient.CreateAsync(Server, manifests, ManagedApp.App, own);
        await using var app = await ManagedApp.StartAsync(client, own, webhooks);
        var name = $"{ManagedApp.App}.{own}";
        await Eventually.HoldsAsync(() => app.Serving.IsUsable, "a certificate is served");
        (await AppCommand.RunAsync($"apply {app.Options}", webhooks, Server)).Succeeded();
        try
        {
            await Eventually.HoldsAsync(() => app.Logs.Any(record => record.Event == "NoDrift"), "the application has seen its registration");

            var api = Server.Client.AdmissionregistrationV1;
            await api.PatchValidatingWebhookConfigurationAsync(
                new V1Patch("""[{"op":"replace","path":"/webhooks/0/failurePolicy","value":"Ignore"}]""", V1Patch.PatchType.JsonPatch), name, fieldManager: "kubectl-edit");
            var edited = await Eventually.HoldsAsync(async () => (await api.ReadValidatingWebhookConfigurationAsync(name)).Webhooks[0].FailurePolicy == "Fail", "the edit is undone");

            await api.DeleteValidatingWebhookConfigurationAsync(name);
            var deleted = await Eventually.HoldsAsync(async () => await FindAsync(name) is { } found && found.Webhooks[0].ClientConfig.CaBundle is { Length: > 0 }, "the configuration is back");

            output.WriteLine($"ci: an edited registration was put back after {edited.TotalMilliseconds:0} ms, a deleted one after {deleted.TotalMilliseconds:0} ms");
            await Server.WaitForWebhooksAsync();
            var refused = await ApiErrors.RefusedAsync(() => Server.Client.CoreV1.CreateNamespacedConfigMapAsync(
                new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "bad" } }, guarded, dryRun: "All"));
            Assert.Contains("denied the request: bad is bad", refused.Message, StringComparison.Ordinal);
            var events = await Server.Client.CoreV1.ListNamespacedEventAsync("default", fieldSelector: $"involvedObject.name={name}");
            Assert.Contains(events.Items, item => item.Reason == "RegistrationRepaired");
            Assert.Equal((0, ""), await DiffAsync(app.Options, webhooks));
        }
        finally
        {
            await app.DisposeAsync();
            await AppliedWebhooks.RemoveAsync(Server.Client, name);
            await Server.WaitForWebhooksAsync();
        }
    }

    private async Task<(int, string)> DiffAsync(string options, Action<AdmissionWebhooksBuilder> webhooks)
    {
        var run = await AppCommand.RunAsync($"diff {options}", webhooks, Server);
        return (run.ExitCode, run.Output + run.Error);
    }

    private async Task<V1ValidatingWebhookConfiguration?> FindAsync(string name)
    {
        try
        {
            return await Server.Client.AdmissionregistrationV1.ReadValidatingWebhookConfigurationAsync(name);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
