using System.Net;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.ApiServer;

/// <summary>A fixture on the session's server, as if that were somebody's cluster: what it makes there it must take away again.</summary>
[Collection(ApiServerTests.Name)]
public sealed class ExistingClusterTests(ApiServerSession session)
{
    private IKubernetes Owner => session.Server.Client;

    [ApiServerFact]
    public async Task DisposeAsync_AfterEverything_LeavesTheClusterAsItWas()
    {
        await using var host = await WebhookHost.StartAsync();
        var configuration = InstallTests.Configuration(mutating: false, "configmaps", "none");
        V1PolicyRule[] rules = [new() { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["list"] }];
        string space;
        await using (var fixture = await StartAsync())
        {
            Assert.Null(fixture.KubeConfigPath);
            Assert.Equal(session.Server.Version, fixture.Version);
            space = await fixture.CreateNamespaceAsync();
            await fixture.ApplyCrdAsync(KubeApiServerFixtureTests.Crd.Replace("widgets", "gadgets", StringComparison.Ordinal).Replace("idget", "adget", StringComparison.Ordinal));
            await fixture.CreateUserAsync("bob", rules: rules);
            await fixture.InstallAsync([configuration], host.Address, host.CaBundle);
            Assert.NotEmpty(await LeftAsync());
        }

        Assert.Empty(await LeftAsync());
        // No controller finishes the deletion here.
        Assert.NotNull((await Owner.CoreV1.ReadNamespaceAsync(space)).Metadata.DeletionTimestamp);
    }

    [ApiServerFact]
    public async Task CreateUserAsync_Impersonated_HasTheNameGroupsAndRights()
    {
        await using var fixture = await StartAsync();
        V1PolicyRule[] rules = [new() { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["list"] }];

        var user = await fixture.CreateUserAsync("carol", rules: rules);
        var administrator = await fixture.CreateUserAsync("dave", ["system:masters"]);

        await user.CoreV1.ListNamespacedConfigMapAsync("default");
        await administrator.CoreV1.ListNamespacedSecretAsync("default");
        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => user.CoreV1.ListNamespacedSecretAsync("default"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Response.StatusCode);
        Assert.Contains("carol", refused.Response.Content, StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task InstallAsync_LeftByAKilledRun_IsReplaced()
    {
        await using var host = await WebhookHost.StartAsync();
        var configuration = InstallTests.Configuration(mutating: false, "configmaps", "none");
        await using var left = await session.Server.InstallAsync([configuration], host.Address, host.CaBundle);
        await using var fixture = await StartAsync();

        await using var installed = await fixture.InstallAsync([configuration], host.Address, host.CaBundle);

        Assert.Single((await Owner.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items);
    }

    [ApiServerFact]
    public async Task InstallAsync_SomebodysConfiguration_IsNotTouched()
    {
        await using var host = await WebhookHost.StartAsync();
        var configuration = InstallTests.Configuration(mutating: false, "configmaps", "none");
        await using var fixture = await StartAsync();
        var theirs = await Owner.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(
            new V1ValidatingWebhookConfiguration { Metadata = new V1ObjectMeta { Name = configuration.Metadata.Name } });
        try
        {
            await Assert.ThrowsAsync<KubeApiServerException>(() => fixture.InstallAsync([configuration], host.Address, host.CaBundle));

            var kept = Assert.Single((await Owner.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items);
            Assert.Equal(theirs.Metadata.Uid, kept.Metadata.Uid);
        }
        finally
        {
            await Owner.AdmissionregistrationV1.DeleteValidatingWebhookConfigurationAsync(configuration.Metadata.Name);
        }
    }

    private Task<KubeApiServerFixture> StartAsync() =>
        KubeApiServerFixture.StartAsync(new KubeApiServerOptions { UseExistingCluster = true, KubeConfigPath = session.Server.KubeConfigPath });

    private async Task<string[]> LeftAsync() =>
    [
        .. (await Owner.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items.Select(item => item.Metadata.Name),
        .. (await Owner.ApiextensionsV1.ListCustomResourceDefinitionAsync()).Items
            .Where(item => item.Metadata.DeletionTimestamp is null && item.Metadata.Name.StartsWith("gadgets", StringComparison.Ordinal)).Select(item => item.Metadata.Name),
        .. (await Owner.RbacAuthorizationV1.ListClusterRoleBindingAsync()).Items.Where(item => item.Subjects?.Any(subject => subject.Name == "bob") ?? false).Select(item => item.Metadata.Name),
    ];
}
