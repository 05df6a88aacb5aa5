using AdmissionSdk.Manifests;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Manifests;

/// <summary>Drift, and the differences that only look like drift; the end-to-end tests have the edits that people make.</summary>
/// <remarks>Covers <see cref="ConfigurationDrift"/>, <see cref="FieldDrift"/>, <see cref="SelectorSet"/>, <see cref="ForeignRequirements"/>, <see cref="ForeignRequirement"/>, <see cref="WebhookSelectors"/>.</remarks>
public sealed class ConfigurationDriftTests
{
    [Fact]
    public void Compare_ExemptNamespacesInAnotherOrder_IsNoDrift()
    {
        var cluster = Create();
        var requirement = cluster.Webhooks[0].NamespaceSelector.MatchExpressions[0];
        requirement.Values = [.. requirement.Values.Reverse(), requirement.Values[0]];

        Assert.Empty(ConfigurationDrift.Compare(Create(), cluster));
    }

    [Fact]
    public void Compare_AnExemptNamespaceMore_IsDrift()
    {
        var cluster = Create();
        var requirement = cluster.Webhooks[0].NamespaceSelector.MatchExpressions[0];
        requirement.Values = [.. requirement.Values, "default"];

        Assert.EndsWith(".values", Assert.Single(ConfigurationDrift.Compare(Create(), cluster)).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_AnotherOrderBesideAnotherDifference_ShowsBoth()
    {
        var cluster = Create();
        cluster.Webhooks = [cluster.Webhooks[1], cluster.Webhooks[0]];
        cluster.Webhooks[0].TimeoutSeconds = 9;

        Assert.Equal(["webhooks[b.registry.example.com].timeoutSeconds", "the order of webhooks"], ConfigurationDrift.Compare(Create(), cluster).Select(drift => drift.Path));
    }

    [Fact]
    public void Compare_AWebhookMoreInTheCluster_IsNoOtherOrder()
    {
        var cluster = Create();
        cluster.Webhooks = [new V1MutatingWebhook { Name = "by-hand.registry.example.com" }, .. cluster.Webhooks];

        Assert.Equal("webhooks[by-hand.registry.example.com]", Assert.Single(ConfigurationDrift.Compare(Create(), cluster)).Path);
    }

    [Fact]
    public void Compare_RequirementsInAnotherOrderAndTwice_AreNoDrift()
    {
        var (code, cluster) = (Create(), Create());
        V1LabelSelectorRequirement[] more = [new() { Key = "stage", OperatorProperty = "In", Values = ["a", "b"] }, new() { Key = "skip", OperatorProperty = "DoesNotExist" }];
        code.Webhooks[0].NamespaceSelector.MatchExpressions = [.. code.Webhooks[0].NamespaceSelector.MatchExpressions, .. more];
        cluster.Webhooks[0].NamespaceSelector.MatchExpressions =
            [more[1], new() { Key = "stage", OperatorProperty = "In", Values = ["b", "a"] }, .. cluster.Webhooks[0].NamespaceSelector.MatchExpressions, more[1]];

        Assert.Empty(ConfigurationDrift.Compare(code, cluster));
    }

    [Fact]
    public void Compare_RequirementOfAnotherManager_IsKeptAndNoDrift()
    {
        var cluster = WithForeign("aks");

        Assert.Empty(ConfigurationDrift.Compare(Create(), cluster));
        Assert.Equal(
            "a.registry.example.com: namespaceSelector also has control-plane notin (true) (aks), which narrows it and is kept",
            Assert.Single(ForeignRequirements.Find(Create(), cluster)).ToString());
        var code = Create();
        ForeignRequirements.Keep(code, cluster);
        Assert.Equal(["control-plane", "kubernetes.io/metadata.name"], code.Webhooks[0].NamespaceSelector.MatchExpressions.Select(item => item.Key).Order(StringComparer.Ordinal));
        Assert.Equal("a.registry.example.com/namespaceSelector/control-plane", code.Metadata.Annotations[ForeignRequirements.Annotation]);
        Assert.Null(Create().Metadata.Annotations?.ContainsKey(ForeignRequirements.Annotation));
    }

    [Fact]
    public void Compare_RequirementThatTheCodeHadBefore_IsDrift()
    {
        // Only this application's manager owns the selector, so that the requirement was the code's.
        Assert.NotEmpty(ConfigurationDrift.Compare(Create(), WithForeign("admission-sdk")));
    }

    [Fact]
    public void Compare_RequirementThatAnEarlierApplyKept_IsNoDriftWhoeverOwnsTheSelectorNow()
    {
        var cluster = WithForeign("admission-sdk");
        cluster.Metadata.Annotations = new Dictionary<string, string> { [ForeignRequirements.Annotation] = "a.registry.example.com/namespaceSelector/control-plane" };

        Assert.Empty(ConfigurationDrift.Compare(Create(), cluster));
    }

    [Fact]
    public void Compare_RequirementThatObjectsMustMeet_IsDriftWhoeverAddedIt()
    {
        var cluster = WithForeign("aks");
        cluster.Webhooks[0].NamespaceSelector.MatchExpressions[^1].OperatorProperty = "In";

        Assert.NotEmpty(ConfigurationDrift.Compare(Create(), cluster));
    }

    private static V1MutatingWebhookConfiguration WithForeign(string manager)
    {
        var cluster = Create();
        cluster.Webhooks[0].NamespaceSelector.MatchExpressions =
            [.. cluster.Webhooks[0].NamespaceSelector.MatchExpressions, new() { Key = "control-plane", OperatorProperty = "NotIn", Values = ["true"] }];
        cluster.Metadata.ManagedFields =
        [
            new V1ManagedFieldsEntry
            {
                Manager = manager,
                FieldsV1 = System.Text.Json.Nodes.JsonNode.Parse("""{"f:webhooks":{"k:{\"name\":\"a.registry.example.com\"}":{"f:namespaceSelector":{"f:matchExpressions":{}}}}}"""),
            },
        ];
        return cluster;
    }

    private static V1MutatingWebhookConfiguration Create() => (V1MutatingWebhookConfiguration)WebhookConfigurations.Create(
        TestRegistry.Create(webhooks => webhooks
            .AddMutator<V1Pod>("a.registry.example.com", context => AdmissionResult.Allow())
            .AddMutator<V1Service>("b.registry.example.com", context => AdmissionResult.Allow())),
        new ManifestOptions { App = "app" }).Single();
}
