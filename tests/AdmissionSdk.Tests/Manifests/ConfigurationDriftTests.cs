using AdmissionSdk.Manifests;
using AdmissionSdk.Tests.Support;
using k8s.Models;

namespace AdmissionSdk.Tests.Manifests;

/// <summary>Drift, and the differences that only look like drift; the end-to-end tests have the edits that people make.</summary>
/// <remarks>Covers <see cref="ConfigurationDrift"/>, <see cref="FieldDrift"/>.</remarks>
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

    private static V1MutatingWebhookConfiguration Create() => (V1MutatingWebhookConfiguration)WebhookConfigurations.Create(
        TestRegistry.Create(webhooks => webhooks
            .AddMutator<V1Pod>("a.registry.example.com", context => AdmissionResult.Allow())
            .AddMutator<V1Service>("b.registry.example.com", context => AdmissionResult.Allow())),
        new ManifestOptions { App = "app" }).Single();
}
