using AdmissionSdk.CommandLine;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.EndToEnd.Tests.Registrations;

/// <summary>
/// A webhook that fails closed is down: with the generated configuration, the pods that would bring the webhook back can still be made. API servers
/// before 1.21 do not label namespaces with their name; there the fixture sets the label, and the linter asks for the label.
/// </summary>
/// <remarks>Covers docs/linter.md, <see cref="AdmissionSdk.Manifests.NamespaceExemptions"/>, <see cref="Linting.LockoutRules"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class LockoutDrill(ApiServerSession session, ITestOutputHelper output)
{
    private static readonly Version LabelsNamespacesItself = new(1, 21);

    [ApiServerFact]
    public async Task WebhookDown_FailingClosed_ItsOwnPodsAndKubeSystemsAreStillMade()
    {
        var (own, others) = (await session.Server.CreateNamespaceAsync(), await session.Server.CreateNamespaceAsync());
        var name = $"registered.{own}";
        try
        {
            // An address without a listener is like a Service whose replicas are all down.
            var applied = await AppCommand.RunAsync(
                $"apply --namespace {own} --url https://127.0.0.1:1", Guard, session.Server, configure: commandLine => commandLine.Deployment.Certificates = CertificateSource.Secret);
            applied.Succeeded();
            await session.Server.WaitForWebhooksAsync();

            // The drill is worth something only if the webhook is in force.
            var refused = await ApiErrors.RefusedAsync(() => CreateAsync(others));
            Assert.Contains("failed calling webhook \"guard.lockout.example.com\"", refused.Message, StringComparison.Ordinal);

            await CreateAsync(own);
            await CreateAsync("kube-system");
            output.WriteLine(
                session.Server.Version < LabelsNamespacesItself
                    ? $"ci: lockout drill on kube-apiserver {session.Server.Version}: passed, with the label kubernetes.io/metadata.name set by the fixture"
                    : $"ci: lockout drill on kube-apiserver {session.Server.Version}: passed");
        }
        finally
        {
            await AppliedWebhooks.RemoveAsync(session.Server.Client, name);
            await session.Server.WaitForWebhooksAsync();
        }
    }

    [Fact]
    public async Task Lint_ForAnApiServerWithoutTheLabel_FindsTheLockout()
    {
        var old = await AppCommand.RunAsync("lint --kube-version 1.20", Guard);
        var labelling = await AppCommand.RunAsync("lint --kube-version 1.21", Guard);

        Assert.Equal(1, old.ExitCode);
        Assert.Contains("ADM1004", old.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ADM1004", labelling.Output, StringComparison.Ordinal);
    }

    private static void Guard(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddValidatingWebhook("guard.lockout.example.com", webhook => webhook.FailurePolicy(FailurePolicy.Fail).Timeout(TimeSpan.FromSeconds(1))
            .Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresources("ephemeralcontainers")));

    private Task<V1Pod> CreateAsync(string @namespace) =>
        session.Server.Client.CoreV1.CreateNamespacedPodAsync(Pods.Create("web"), @namespace, dryRun: "All");
}
