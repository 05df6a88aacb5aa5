using System.Text;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;
using AdmissionSdk.Testing.Hosting;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AdmissionSdk.EndToEnd.Tests.ApiServer;

/// <summary>Webhook configurations that take effect on a real API server.</summary>
/// <remarks>Covers <see cref="WebhookInstaller"/>, <see cref="InstalledWebhooks"/>, <see cref="InstallationBarrier"/>, <see cref="Polling"/>, <see cref="BackendProbe"/>, <see cref="ClusterWebhookConfigurations"/>, <see cref="RegisteredWebhooks"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class InstallTests(ApiServerSession session)
{
    private KubeApiServerFixture Server => session.Server;

    [ApiServerTheory]
    [InlineData(false, "configmaps")]
    [InlineData(true, "configmaps")]
    [InlineData(false, "*/*")]
    [InlineData(true, "*/*")]
    public async Task InstallAsync_Returned_IsCalledFromTheFirstRequestOnAndNotAfterDisposal(bool mutating, string resources)
    {
        await using var host = await WebhookHost.StartAsync();
        var @namespace = await Server.CreateNamespaceAsync();

        await using (await Server.InstallAsync([Configuration(mutating, resources, @namespace)], host.Address, host.CaBundle))
        {
            Assert.Empty(host.Asked);
            var refused = await Assert.ThrowsAsync<HttpOperationException>(
                () => Server.Client.CoreV1.CreateNamespacedConfigMapAsync(KubeApiServerFixtureTests.ConfigMap("first"), @namespace));
            Assert.Contains("denied the request: no", refused.Response.Content, StringComparison.Ordinal);
        }

        await Server.Client.CoreV1.CreateNamespacedConfigMapAsync(KubeApiServerFixtureTests.ConfigMap("second"), @namespace);
        Assert.Equal(["first"], host.Asked);
        Assert.Empty((await Server.Client.AdmissionregistrationV1.ListMutatingWebhookConfigurationAsync()).Items);
        Assert.Empty((await Server.Client.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items);
    }

    // The example of docs/testing.md.
    [ApiServerFact]
    public async Task InstallAsync_Application_IsCalledAsItRegistersItself()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddAdmissionTls(tls => tls.Port = 0);
        builder.Services.AddAdmissionWebhooks().AddMutator<V1ConfigMap>("data.test.example.com", context =>
        {
            context.Object.Data = new Dictionary<string, string> { ["seen"] = "yes" };
            return AdmissionResult.Allow();
        });
        await using var app = builder.Build();
        app.MapAdmissionWebhooks();
        await Assert.ThrowsAsync<InvalidOperationException>(() => Server.InstallAsync(app));
        await app.StartAsync();

        await using (await Server.InstallAsync(app))
        {
            var stored = await Server.Client.CoreV1.CreateNamespacedConfigMapAsync(KubeApiServerFixtureTests.ConfigMap("first"), await Server.CreateNamespaceAsync());
            Assert.Equal("yes", stored.Data["seen"]);
        }
    }

    [ApiServerFact]
    public async Task InstallAsync_Yaml_TakesTheConfigurationsOnly()
    {
        await using var host = await WebhookHost.StartAsync();
        var @namespace = await Server.CreateNamespaceAsync();
        var yaml = $"""
            apiVersion: v1
            kind: Service
            metadata: {"{"} name: hook {"}"}
            ---
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {"{"} name: hook {"}"}
            ---
            {KubernetesYaml.Serialize(Configuration(mutating: false, "configmaps", @namespace))}
            """;

        await using var installed = await Server.InstallAsync(yaml, host.Address, host.CaBundle);

        await Assert.ThrowsAsync<HttpOperationException>(
            () => Server.Client.CoreV1.CreateNamespacedConfigMapAsync(KubeApiServerFixtureTests.ConfigMap("first"), @namespace));
    }

    [ApiServerFact]
    public async Task InstallAsync_SameNameTwice_IsRefusedAndKeepsTheFirst()
    {
        await using var host = await WebhookHost.StartAsync();
        var @namespace = await Server.CreateNamespaceAsync();
        var configuration = Configuration(mutating: false, "configmaps", @namespace);
        await using var installed = await Server.InstallAsync([configuration], host.Address, host.CaBundle);

        var refused = await Assert.ThrowsAsync<KubeApiServerException>(() => Server.InstallAsync([configuration], host.Address, host.CaBundle));

        Assert.Contains("'hooks' is installed already", refused.Message, StringComparison.Ordinal);
        Assert.Single((await Server.Client.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items);
    }

    [ApiServerFact]
    public async Task InstallAsync_BundleOfAnotherAuthority_FailsBeforeAnythingIsInstalled()
    {
        await using var host = await WebhookHost.StartAsync();
        await using var other = await WebhookHost.StartAsync();

        var refused = await Assert.ThrowsAsync<KubeApiServerException>(
            () => Server.InstallAsync([Configuration(mutating: true, "configmaps", "default")], host.Address, other.CaBundle));

        Assert.Contains("cannot be called with this caBundle", refused.Message, StringComparison.Ordinal);
        Assert.Empty((await Server.Client.AdmissionregistrationV1.ListMutatingWebhookConfigurationAsync()).Items);
    }

    [ApiServerFact]
    public async Task InstallAsync_BundleIsNotPem_IsRefused()
    {
        await using var host = await WebhookHost.StartAsync();

        var refused = await Assert.ThrowsAsync<KubeApiServerException>(
            () => Server.InstallAsync([Configuration(mutating: true, "configmaps", "default")], host.Address, Encoding.ASCII.GetBytes("junk")));

        Assert.Contains("caBundle holds no certificate", refused.Message, StringComparison.Ordinal);
    }

    internal static IKubernetesObject<V1ObjectMeta> Configuration(bool mutating, string resources, string @namespace)
    {
        var clientConfig = new Admissionregistrationv1WebhookClientConfig
        {
            Service = new Admissionregistrationv1ServiceReference { Name = "hook", NamespaceProperty = "hooks", Path = "/deny" },
        };
        V1RuleWithOperations[] rules = [new() { Operations = ["CREATE"], ApiGroups = ["*"], ApiVersions = ["*"], Resources = [resources] }];
        var selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = @namespace } };
        var metadata = new V1ObjectMeta { Name = "hooks" };
        return mutating
            ? new V1MutatingWebhookConfiguration
            {
                ApiVersion = "admissionregistration.k8s.io/v1",
                Kind = "MutatingWebhookConfiguration",
                Metadata = metadata,
                Webhooks = [new() { Name = "deny.test.example.com", ClientConfig = clientConfig, Rules = rules, NamespaceSelector = selector, SideEffects = "None", AdmissionReviewVersions = ["v1"] }],
            }
            : new V1ValidatingWebhookConfiguration
            {
                ApiVersion = "admissionregistration.k8s.io/v1",
                Kind = "ValidatingWebhookConfiguration",
                Metadata = metadata,
                Webhooks = [new() { Name = "deny.test.example.com", ClientConfig = clientConfig, Rules = rules, NamespaceSelector = selector, SideEffects = "None", AdmissionReviewVersions = ["v1"] }],
            };
    }
}
