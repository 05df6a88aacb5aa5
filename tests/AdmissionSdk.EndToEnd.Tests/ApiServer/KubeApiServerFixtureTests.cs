using System.Net;
using AdmissionSdk.EndToEnd.Tests.Support;
using AdmissionSdk.Testing.ApiServer;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace AdmissionSdk.EndToEnd.Tests.ApiServer;

/// <summary>A fixture on a real API server: objects, namespaces, definitions and users.</summary>
/// <remarks>Covers <see cref="KubeApiServerFixture"/>, <see cref="ApiServerCapabilities"/>, <see cref="TestNamespaces"/>, <see cref="TestNamespaceLabels"/>, <see cref="TestUsers"/>, <see cref="CrdInstaller"/>, <see cref="LocalControlPlane"/>, <see cref="LogTail"/>.</remarks>
[Collection(ApiServerCollection.Name)]
public sealed class KubeApiServerFixtureTests(ApiServerSession session)
{
    internal const string Crd = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: widgets.test.example.com
        spec:
          group: test.example.com
          scope: Namespaced
          names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: { type: integer, default: 3 }
        """;

    private KubeApiServerFixture Server => session.Server;

    [ApiServerFact]
    public async Task StartAsync_Defaults_StoresObjects()
    {
        var @namespace = await Server.CreateNamespaceAsync();

        await Server.Client.CoreV1.CreateNamespacedConfigMapAsync(ConfigMap("stored"), @namespace);

        Assert.Equal("stored", Assert.Single((await Server.Client.CoreV1.ListNamespacedConfigMapAsync(@namespace)).Items).Metadata.Name);
    }

    [ApiServerFact]
    public void Version_Started_AgreesWithTheProgram()
    {
        Assert.Null(KubeApiServerFixture.ReasonNotToRun(Server.Version));
        var newer = new Version(Server.Version.Major, Server.Version.Minor + 1);
        Assert.Equal($"needs kube-apiserver {newer}, this is {Server.Version}", KubeApiServerFixture.ReasonNotToRun(newer));
    }

    [ApiServerFact]
    public void Serves_ResourcesAndSubresources_TellsThemApart()
    {
        Assert.True(Server.Serves("v1"));
        Assert.True(Server.Serves("v1", "pods/exec"));
        Assert.True(Server.Serves("apps/v1", "deployments/scale"));
        Assert.False(Server.Serves("v1", "deployments"));
        Assert.False(Server.Serves("apps/v9"));
        Assert.Equal(Server.Version >= new Version(1, 21), Server.Serves("policy/v1", "poddisruptionbudgets"));
    }

    [ApiServerFact]
    public async Task CreateNamespaceAsync_AnyVersion_CarriesItsNameAsLabel()
    {
        var name = await Server.CreateNamespaceAsync(labels: new Dictionary<string, string> { ["team"] = "a" });

        var labels = (await Server.Client.CoreV1.ReadNamespaceAsync(name)).Metadata.Labels;
        Assert.Equal(name, labels["kubernetes.io/metadata.name"]);
        Assert.Equal("a", labels["team"]);
        var system = await Server.Client.CoreV1.ReadNamespaceAsync("kube-system");
        Assert.Equal("kube-system", system.Metadata.Labels["kubernetes.io/metadata.name"]);
    }

    [ApiServerFact]
    public async Task ApplyCrdAsync_NewCrd_ItsObjectsCanBeCreatedAtOnce()
    {
        await Server.ApplyCrdAsync(Crd);
        var @namespace = await Server.CreateNamespaceAsync();
        var widget = new Dictionary<string, object>
        {
            ["apiVersion"] = "test.example.com/v1",
            ["kind"] = "Widget",
            ["metadata"] = new V1ObjectMeta { Name = "w" },
            ["spec"] = new Dictionary<string, object>(),
        };

        var created = await Server.Client.CustomObjects.CreateNamespacedCustomObjectAsync(widget, "test.example.com", "v1", @namespace, "widgets");

        Assert.Contains("\"size\":3", KubernetesJson.Serialize(created), StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task ApplyCrdAsync_AppliedAgain_Replaces()
    {
        await Server.ApplyCrdAsync(Crd);
        await Server.ApplyCrdAsync(Crd.Replace("default: 3", "default: 4", StringComparison.Ordinal));

        var stored = await Server.Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync("widgets.test.example.com");
        Assert.Contains("\"default\":4", KubernetesJson.Serialize(stored), StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task CreateUserAsync_WithoutRules_IsForbidden()
    {
        var user = await Server.CreateUserAsync("mallory");

        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => user.CoreV1.ListNamespacedConfigMapAsync("default"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Response.StatusCode);
        Assert.Contains("\\\"mallory\\\" cannot list resource", refused.Response.Content, StringComparison.Ordinal);
    }

    [ApiServerFact]
    public async Task CreateUserAsync_WithRules_MayDoThatAtOnceAndNothingElse()
    {
        V1PolicyRule[] rules = [new() { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["list"] }];
        var user = await Server.CreateUserAsync("alice", rules: rules);

        await user.CoreV1.ListNamespacedConfigMapAsync("default");

        var refused = await Assert.ThrowsAsync<HttpOperationException>(() => user.CoreV1.ListNamespacedSecretAsync("default"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Response.StatusCode);
    }

    [ApiServerFact]
    public async Task CreateUserAsync_Groups_GrantWhatTheGroupMay()
    {
        var user = await Server.CreateUserAsync("root", ["auditors", "system:masters"]);

        Assert.NotEmpty((await user.CoreV1.ListNamespaceAsync()).Items);
    }

    [ApiServerFact]
    public async Task ReadLog_Running_ShowsBothPrograms()
    {
        await Server.Client.CoreV1.ListNamespaceAsync();

        var log = Server.ReadLog(5);

        Assert.Equal(5, log.Split('\n').Count(line => line.StartsWith("etcd: ", StringComparison.Ordinal)));
        Assert.Contains("kube-apiserver: ", log, StringComparison.Ordinal);
    }

    internal static V1ConfigMap ConfigMap(string name) => new() { Metadata = new V1ObjectMeta { Name = name } };
}
