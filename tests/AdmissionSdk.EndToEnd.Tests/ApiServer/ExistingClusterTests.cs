using System.Net;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.ApiServer;

/// <summary>A fixture on the session's server, as if the server were somebody's cluster: the fixture must take away all its objects again.</summary>
/// <remarks>Covers <see cref="ExistingCluster"/>, <see cref="Leftovers"/>, <see cref="Cleanup"/>, <see cref="OwnLabel"/>, <see cref="ImpersonationHandler"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class ExistingClusterTests(ApiServerSession session)
{
    private const string Label = "admission-sdk-test";

    private IKubernetes Owner => session.Server.Client;

    [ApiServerFact]
    public async Task DisposeAsync_AfterEverything_LeavesTheClusterAsItWas()
    {
        await using var host = await WebhookHost.StartAsync();
        var configuration = InstallTests.Configuration(mutating: false, "configmaps", "none");
        V1PolicyRule[] rules = [new() { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["list"] }];
        string @namespace;
        await using (var fixture = await StartAsync())
        {
            Assert.Null(fixture.KubeConfigPath);
            Assert.Equal(session.Server.Version, fixture.Version);
            @namespace = await fixture.CreateNamespaceAsync();
            await fixture.ApplyCrdAsync(KubeApiServerFixtureTests.Crd.Replace("widgets", "gadgets", StringComparison.Ordinal).Replace("idget", "adget", StringComparison.Ordinal));
            await fixture.CreateUserAsync("bob", rules: rules);
            await fixture.InstallAsync([configuration], host.Address, host.CaBundle);
            Assert.NotEmpty(await LeftAsync());
        }

        Assert.Empty(await LeftAsync());
        // This control plane has no controller to finish the deletion.
        Assert.NotNull((await Owner.CoreV1.ReadNamespaceAsync(@namespace)).Metadata.DeletionTimestamp);
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

    [ApiServerFact]
    public async Task ApplyCrdAsync_SomebodysDefinition_IsNotReplaced()
    {
        var theirs = Gizmo("theirs");
        await using var fixture = await StartAsync();
        await Owner.ApiextensionsV1.CreateCustomResourceDefinitionAsync(KubernetesYaml.Deserialize<V1CustomResourceDefinition>(theirs));
        try
        {
            var exception = await Assert.ThrowsAsync<KubeApiServerException>(() => fixture.ApplyCrdAsync(Gizmo("ours")));

            Assert.Contains("gizmos.test.example.com", exception.Message, StringComparison.Ordinal);
            Assert.Equal("theirs", (await Owner.ApiextensionsV1.ReadCustomResourceDefinitionAsync("gizmos.test.example.com")).Metadata.Annotations["of"]);
        }
        finally
        {
            await Owner.ApiextensionsV1.DeleteCustomResourceDefinitionAsync("gizmos.test.example.com");
        }
    }

    [ApiServerFact]
    public async Task StartAsync_AnAggregatedApiThatIsDown_IsNoReasonToFail()
    {
        var down = new V1APIService
        {
            Metadata = new V1ObjectMeta { Name = "v1.down.example.com" },
            Spec = new V1APIServiceSpec
            {
                Group = "down.example.com",
                Version = "v1",
                GroupPriorityMinimum = 1,
                VersionPriority = 1,
                InsecureSkipTLSVerify = true,
                Service = new Apiregistrationv1ServiceReference { Name = "nobody", NamespaceProperty = "default" },
            },
        };
        await Owner.ApiregistrationV1.CreateAPIServiceAsync(down);
        try
        {
            await WaitUntilListedAsync(down.Spec.Group);

            await using var fixture = await StartAsync();

            Assert.False(fixture.Serves("down.example.com/v1"));
            Assert.True(fixture.Serves("apps/v1", "deployments"));
        }
        finally
        {
            await Owner.ApiregistrationV1.DeleteAPIServiceAsync(down.Metadata.Name);
        }
    }

    [ApiServerFact]
    public async Task StartAsync_WhatAKilledRunLeft_IsSweptAndNothingElse()
    {
        await using var running = await StartAsync();
        await running.CreateUserAsync("erin", rules: [new() { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["list"] }]);
        var alive = (await Owner.RbacAuthorizationV1.ListClusterRoleBindingAsync(labelSelector: Label)).Items.Single(binding => binding.Subjects.Any(subject => subject.Name == "erin"));
        var killed = $"{alive.Metadata.Labels[Label].Split('.')[0]}.{int.MaxValue}.1";
        await Owner.RbacAuthorizationV1.CreateClusterRoleAsync(new V1ClusterRole { Metadata = Labelled("left", killed) });
        await Owner.RbacAuthorizationV1.CreateClusterRoleAsync(new V1ClusterRole { Metadata = Labelled("elsewhere", "mfarm.1.1") });
        await Owner.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(new V1ValidatingWebhookConfiguration { Metadata = Labelled("left", killed) });

        await using var next = await StartAsync();

        var roles = (await Owner.RbacAuthorizationV1.ListClusterRoleAsync(labelSelector: Label)).Items.Select(role => role.Metadata.Name).ToList();
        Assert.DoesNotContain("left", roles);
        Assert.Contains("elsewhere", roles);
        // A role and its binding have one name.
        Assert.Contains(alive.Metadata.Name, roles);
        Assert.Empty((await Owner.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items);
        await Owner.RbacAuthorizationV1.DeleteClusterRoleAsync("elsewhere");
    }

    private Task<KubeApiServerFixture> StartAsync() =>
        KubeApiServerFixture.StartAsync(new KubeApiServerOptions { UseExistingCluster = true, KubeConfigPath = session.Server.KubeConfigPath });

    private static string Gizmo(string owner) => KubeApiServerFixtureTests.Crd.Replace("widgets", "gizmos", StringComparison.Ordinal).Replace("idget", "izmo", StringComparison.Ordinal).Replace("Wizmo", "Gizmo", StringComparison.Ordinal).Replace("wizmo", "gizmo", StringComparison.Ordinal)
        .Replace("  name: gizmos.test.example.com\n", $"  name: gizmos.test.example.com\n  annotations: {{ of: {owner} }}\n", StringComparison.Ordinal);

    private static V1ObjectMeta Labelled(string name, string value) => new() { Name = name, Labels = new Dictionary<string, string> { [Label] = value } };

    private async Task WaitUntilListedAsync(string group)
    {
        // The aggregator learns of a new API service a little later.
        while (!(await Owner.Apis.GetAPIVersionsAsync()).Groups.Any(item => item.Name == group))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System);
        }
    }

    private async Task<string[]> LeftAsync() =>
    [
        .. (await Owner.AdmissionregistrationV1.ListValidatingWebhookConfigurationAsync()).Items.Select(item => item.Metadata.Name),
        .. (await Owner.ApiextensionsV1.ListCustomResourceDefinitionAsync()).Items
            .Where(item => item.Metadata.DeletionTimestamp is null && item.Metadata.Name.StartsWith("gadgets", StringComparison.Ordinal)).Select(item => item.Metadata.Name),
        .. (await Owner.RbacAuthorizationV1.ListClusterRoleBindingAsync()).Items.Where(item => item.Subjects?.Any(subject => subject.Name == "bob") ?? false).Select(item => item.Metadata.Name),
    ];
}
