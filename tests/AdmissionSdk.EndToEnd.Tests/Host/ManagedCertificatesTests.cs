using System.Text;
using AdmissionSdk.CommandLine.Cluster;
using AdmissionSdk.CommandLine.Manifests;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.ManagedCertificates;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.EndToEnd.Tests.Host;

/// <summary>From nothing to an enforced webhook in a real API server, without cert-manager, and with the generated rights and no others.</summary>
/// <remarks>Covers <see cref="CertificateManager"/>, <see cref="CertificateCluster"/>, <see cref="ChangeWatch"/>, <see cref="ManagedBundle"/>, <see cref="RbacManifests"/>, docs/certificates.md.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ManagedCertificatesTests(ApiServerSession session, ITestOutputHelper output)
{
    private KubeApiServerFixture Server => session.Server;

    [ApiServerFact]
    public async Task Managed_FromNothing_EnforcesAndPutsItsBundleBack()
    {
        var (own, guarded) = (await Server.CreateNamespaceAsync(), await Server.CreateNamespaceAsync());
        var webhooks = ManagedApp.Guard(guarded);
        var manifests = (await AppCommand.RunAsync($"manifests --app {ManagedApp.App} --namespace {own}", webhooks)).Succeeded();
        using var client = await ServiceAccountClient.CreateAsync(Server, manifests, ManagedApp.App, own);

        // A configuration that fails closed waits for the CA.
        var early = await AppCommand.RunAsync($"apply --app {ManagedApp.App} --namespace {own}", webhooks, Server);
        Assert.Equal(2, early.ExitCode);
        Assert.Contains($"the Secret {own}/managed-certificates is empty; its CA is made by the application's pods, so roll out the Deployment first", early.Error, StringComparison.Ordinal);

        await using var app = await ManagedApp.StartAsync(client, own, webhooks);
        await Eventually.HoldsAsync(() => app.Serving.IsUsable, "a certificate is served");
        (await AppCommand.RunAsync($"apply {app.Options}", webhooks, Server)).Succeeded();
        try
        {
            await Server.WaitForWebhooksAsync();
            await AssertEnforcedAsync(guarded);

            var repaired = await OverwriteAsync(own, "", "kubectl-edit");
            output.WriteLine($"ci: an emptied caBundle was put back after {repaired.TotalMilliseconds:0} ms");
            await Server.WaitForWebhooksAsync();
            await AssertEnforcedAsync(guarded);

            // By now the application has seen its bundle in place, so that it can tell an edit from a first look. Who empties a field does not own the field.
            foreach (var (bundle, who) in new[] { ("", "an unknown field manager"), (ForeignBundle(), "kubectl-edit") })
            {
                await OverwriteAsync(own, bundle, "kubectl-edit");
                await Eventually.HoldsAsync(
                    () => app.Logs.Any(record => record.Message == $"The CA bundle of ValidatingWebhookConfiguration/managed.{own} was overwritten by {who}, and was put back"),
                    $"the repair of what {who} did is logged");
            }

            // Applying again leaves the bundle alone, and finds nothing to change.
            Assert.Contains("unchanged", (await AppCommand.RunAsync($"apply {app.Options}", webhooks, Server)).Succeeded(), StringComparison.Ordinal);
            Assert.Equal((0, ""), await DiffAsync(app.Options, webhooks));
            Assert.DoesNotContain(app.Logs, record => record.Event is "ManagedCertificateProblem" or "ManagedCertificatesFailed");
        }
        finally
        {
            await AppliedWebhooks.RemoveAsync(Server.Client, $"{ManagedApp.App}.{own}");
            await Server.WaitForWebhooksAsync();
        }
    }

    [ApiServerFact]
    public async Task Managed_SecretIsDeletedOrItsRightRevoked_ServesOnAndSaysWhatToDo()
    {
        var own = await Server.CreateNamespaceAsync();
        var webhooks = ManagedApp.Guard(own);
        var manifests = (await AppCommand.RunAsync($"manifests --app {ManagedApp.App} --namespace {own}", webhooks)).Succeeded();
        using var client = await ServiceAccountClient.CreateAsync(Server, manifests, ManagedApp.App, own);
        await using var app = await ManagedApp.StartAsync(client, own, webhooks);
        await Eventually.HoldsAsync(() => app.Serving.IsUsable, "a certificate is served");
        var (pem, secret) = (app.Serving.Pem, await ReadSecretAsync(own));

        await Server.Client.CoreV1.DeleteNamespacedSecretAsync("managed-certificates", own);
        await AssertProblemAsync(app, $"the Secret {own}/managed-certificates does not exist: apply the certificate.yaml that `manifests` writes, which creates it empty");
        await Server.Client.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "managed-certificates" } }, own);
        await Eventually.HoldsAsync(async () => (await ReadSecretAsync(own)).Data?.Count > 0, "the Secret is filled again");
        Assert.Equal(secret.Data["ca.crt"], (await ReadSecretAsync(own)).Data["ca.crt"]);

        await Server.Client.RbacAuthorizationV1.DeleteNamespacedRoleAsync(ManagedApp.App, own);
        await AssertProblemAsync(app, $"the service account has no right to get the Secret {own}/managed-certificates: apply the rbac.yaml that `manifests` writes");
        Assert.Equal((pem, true), (app.Serving.Pem, app.Serving.IsUsable));
    }

    private Task<V1Secret> ReadSecretAsync(string @namespace) => Server.Client.CoreV1.ReadNamespacedSecretAsync("managed-certificates", @namespace);

    private static Task<TimeSpan> AssertProblemAsync(ManagedApp app, string problem) => Eventually.HoldsAsync(
        () => app.Logs.Any(record => record.Event == "ManagedCertificateProblem" && record.Message.StartsWith($"Managed certificates: {problem}. The certificate that is served ends ", StringComparison.Ordinal)),
        problem);

    private async Task<(int, string)> DiffAsync(string options, Action<Registration.AdmissionWebhooksBuilder> webhooks)
    {
        var run = await AppCommand.RunAsync($"diff {options}", webhooks, Server);
        return (run.ExitCode, run.Output + run.Error);
    }

    private static string ForeignBundle()
    {
        using var certificate = WebhookServer.CreateCertificate();
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()));
    }

    private async Task<TimeSpan> OverwriteAsync(string own, string bundle, string manager)
    {
        var api = Server.Client.AdmissionregistrationV1;
        var before = (await ReadAsync()).Webhooks.Single().ClientConfig.CaBundle;
        await api.PatchValidatingWebhookConfigurationAsync(
            new V1Patch($$"""[{"op":"add","path":"/webhooks/0/clientConfig/caBundle","value":"{{bundle}}"}]""", V1Patch.PatchType.JsonPatch), $"{ManagedApp.App}.{own}", fieldManager: manager);
        return await Eventually.HoldsAsync(async () => (await ReadAsync()).Webhooks.Single().ClientConfig.CaBundle?.SequenceEqual(before) == true, "the bundle is put back");

        Task<V1ValidatingWebhookConfiguration> ReadAsync() => api.ReadValidatingWebhookConfigurationAsync($"{ManagedApp.App}.{own}");
    }

    private async Task AssertEnforcedAsync(string @namespace)
    {
        var refused = await ApiErrors.RefusedAsync(() => CreateAsync("bad"));
        Assert.Contains("denied the request: bad is bad", refused.Message, StringComparison.Ordinal);
        await CreateAsync("good");

        Task<V1ConfigMap> CreateAsync(string name) =>
            Server.Client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = new V1ObjectMeta { Name = name } }, @namespace, dryRun: "All");
    }
}
