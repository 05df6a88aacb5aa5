using System.Text.Json.Nodes;
using AdmissionSdk.Manifests;
using AdmissionSdk.Model;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Tests.Manifests;

/// <summary>Webhook configurations as they are written into the cluster.</summary>
/// <remarks>Covers <see cref="WebhookConfigurations"/>, <see cref="WebhookEntry"/>, <see cref="RuleList"/>, <see cref="NamespaceExemptions"/>, <see cref="ManifestOptions"/>, <see cref="KnownResources"/>, <see cref="WebhookDescriptor"/>.</remarks>
public sealed class WebhookConfigurationsTests
{
    private static readonly ManifestOptions Options = new() { App = "registry", Namespace = "hooks" };

    [Fact]
    public void Create_AWebhookThatSaysNothing_IsWrittenMinimally()
    {
        var configuration = Json(webhooks => webhooks.AddMutator<V1Pod>("images.registry.example.com", Allow));

        Assert.Equal(
            """
            {
              "apiVersion": "admissionregistration.k8s.io/v1",
              "kind": "MutatingWebhookConfiguration",
              "metadata": {
                "labels": {
                  "app.kubernetes.io/instance": "hooks",
                  "app.kubernetes.io/managed-by": "admission-sdk",
                  "app.kubernetes.io/name": "registry"
                },
                "name": "registry.hooks"
              },
              "webhooks": [
                {
                  "admissionReviewVersions": [
                    "v1"
                  ],
                  "clientConfig": {
                    "service": {
                      "name": "registry",
                      "namespace": "hooks",
                      "path": "/mutate/images.registry.example.com"
                    }
                  },
                  "failurePolicy": "Fail",
                  "name": "images.registry.example.com",
                  "namespaceSelector": {
                    "matchExpressions": [
                      {
                        "key": "kubernetes.io/metadata.name",
                        "operator": "NotIn",
                        "values": [
                          "hooks",
                          "kube-system"
                        ]
                      }
                    ]
                  },
                  "rules": [
                    {
                      "apiGroups": [
                        ""
                      ],
                      "apiVersions": [
                        "v1"
                      ],
                      "operations": [
                        "CREATE"
                      ],
                      "resources": [
                        "pods"
                      ]
                    }
                  ],
                  "sideEffects": "None",
                  "timeoutSeconds": 5
                }
              ]
            }
            """,
            configuration.Single().ToJsonString(new() { WriteIndented = true }));
    }

    [Fact]
    public void Create_AWebhookThatSaysEverything_IsWrittenWholly()
    {
        var configuration = Json(webhooks => webhooks.AddMutating("images.registry.example.com", hook => hook
            .Path("/mutate")
            .FailurePolicy(FailurePolicy.Ignore)
            .Timeout(TimeSpan.FromSeconds(3))
            .MatchPolicy(MatchPolicy.Exact)
            .SideEffects(SideEffects.NoneOnDryRun)
            .ReinvocationPolicy(ReinvocationPolicy.IfNeeded)
            .ReviewVersions("v1", "v1beta1")
            .NamespaceSelector(labels => labels.In("stage", "test", "prod").Exists("team"))
            .ObjectSelector(new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["rewrite"] = "yes" } })
            .MatchCondition("not-a-lease", "request.resource.resource != 'leases'")
            .ExemptNamespaces("istio-system")
            .Handle<V1Pod>(Allow, rule => rule.On(Operations.Create | Operations.Update).Subresource("ephemeralcontainers").Scope(ResourceScope.Namespaced))));

        AssertJson(
            """
            {
              "name": "images.registry.example.com",
              "admissionReviewVersions": ["v1", "v1beta1"],
              "clientConfig": { "service": { "name": "registry", "namespace": "hooks", "path": "/mutate" } },
              "failurePolicy": "Ignore",
              "matchConditions": [{ "name": "not-a-lease", "expression": "request.resource.resource != 'leases'" }],
              "matchPolicy": "Exact",
              "namespaceSelector": {
                "matchExpressions": [
                  { "key": "stage", "operator": "In", "values": ["test", "prod"] },
                  { "key": "team", "operator": "Exists" },
                  { "key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["hooks", "kube-system", "istio-system"] }
                ]
              },
              "objectSelector": { "matchLabels": { "rewrite": "yes" } },
              "reinvocationPolicy": "IfNeeded",
              "rules": [
                {
                  "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                  "resources": ["pods", "pods/ephemeralcontainers"], "scope": "Namespaced"
                }
              ],
              "sideEffects": "NoneOnDryRun",
              "timeoutSeconds": 3
            }
            """,
            configuration.Single()["webhooks"]![0]);
    }

    [Fact]
    public void Create_WithoutDefaultExemptions_HasNoSelector()
    {
        var configuration = Json(webhooks => webhooks.AddValidating("guard.registry.example.com", hook => hook
            .WithoutDefaultExemptions().Handle<V1Pod>(Accept)));

        Assert.Null(configuration.Single()["webhooks"]![0]!["namespaceSelector"]);
    }

    [Fact]
    public void Create_Order_DecidesAndTheOrderOfRegistrationBreaksTies()
    {
        var configuration = Json(webhooks => webhooks
            .AddMutating("a.registry.example.com", hook => hook.Order(1).Handle<V1Pod>(Allow))
            .AddMutating("c.registry.example.com", hook => hook.Handle<V1Pod>(Allow))
            .AddMutating("b.registry.example.com", hook => hook.Handle<V1Pod>(Allow)));

        Assert.Equal(
            ["c.registry.example.com", "b.registry.example.com", "a.registry.example.com"],
            configuration.Single()["webhooks"]!.AsArray().Select(webhook => (string)webhook!["name"]!));
    }

    [Fact]
    public void Create_HandlersInAnyOrder_WriteTheSameRules()
    {
        var forward = Json(webhooks => webhooks.AddValidating("guard.registry.example.com", hook => hook
            .Handle<V1Pod>(Accept).Handle<V1Deployment>(Accept).Handle<V1StatefulSet>(Accept)));
        var backward = Json(webhooks => webhooks.AddValidating("guard.registry.example.com", hook => hook
            .Handle<V1StatefulSet>(Accept).Handle<V1Deployment>(Accept).Handle<V1Pod>(Accept)));

        Assert.Equal(forward.Single().ToJsonString(), backward.Single().ToJsonString());
        Assert.Equal(2, forward.Single()["webhooks"]![0]!["rules"]!.AsArray().Count);
    }

    [Fact]
    public void Create_WildcardsThatCoverOthers_LeaveThemOut()
    {
        var configuration = Json(webhooks => webhooks.AddValidating("guard.registry.example.com", hook => hook
            .Handle<JsonObject>(Accept, rule => rule
                .Resource("", "v1", "pods").Resource("", "v1", "pods", "*").Resource("", "v1", "pods", "exec")
                .Resource("", "v1", "*", "scale").Resource("", "v1", "services", "scale").Resource("", "v1", "services"))));

        AssertJson("""["*/scale", "pods/*", "services"]""", configuration.Single()["webhooks"]![0]!["rules"]![0]!["resources"]);
    }

    [Fact]
    public void Create_AllOperations_AreAStar()
    {
        var configuration = Json(webhooks => webhooks.AddValidating("guard.registry.example.com", hook => hook
            .Handle<V1Pod>(Accept, rule => rule.On(Operations.All))));

        AssertJson("""["*"]""", configuration.Single()["webhooks"]![0]!["rules"]![0]!["operations"]);
    }

    [Fact]
    public void Create_AUrl_TakesThePlaceOfTheService()
    {
        var configuration = Json(
            webhooks => webhooks.AddMutating("images.registry.example.com", hook => hook.Path("/mutate").Handle<V1Pod>(Allow)),
            Options with { Url = new Uri("https://hooks.example.com/base/"), CaBundle = "ca"u8.ToArray(), StaticManifests = true });

        Assert.Equal("registry.hooks.static.k8s.io", (string?)configuration.Single()["metadata"]!["name"]);
        AssertJson("""{ "caBundle": "Y2E=", "url": "https://hooks.example.com/base/mutate" }""", configuration.Single()["webhooks"]![0]!["clientConfig"]);
    }

    [Fact]
    public void Create_BothTypes_MakesBothConfigurations()
    {
        var configurations = Json(webhooks => webhooks
            .AddValidator<V1Pod>("guard.registry.example.com", Accept).AddMutator<V1Pod>("images.registry.example.com", Allow));

        Assert.Equal(["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"], configurations.Select(json => (string)json["kind"]!));
    }

    [Theory]
    [InlineData("a", "a", "a.a")]
    [InlineData("a", "b", "a.b")]
    [InlineData("a-b", "c", "a-b.c")]
    public void ConfigurationName_OfTwoInstallations_IsNeverTheSame(string app, string space, string expected) =>
        Assert.Equal(expected, new ManifestOptions { App = app, Namespace = space }.ConfigurationName);

    private static AdmissionResult Allow(MutationContext<V1Pod> context) => AdmissionResult.Allow();

    private static AdmissionResult Accept<T>(ValidationContext<T> context)
        where T : class => AdmissionResult.Allow();

    private static JsonNode[] Json(Action<AdmissionWebhooksBuilder> webhooks, ManifestOptions? options = null) =>
        [.. WebhookConfigurations.Create(TestRegistry.Create(webhooks), options ?? Options)
            .Select(configuration => JsonNode.Parse(KubernetesJson.Serialize(configuration))!)];

    private static void AssertJson(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"Expected {expected}, got {actual?.ToJsonString()}");
}
