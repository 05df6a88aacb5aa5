using System.Text.Json.Nodes;
using AdmissionSdk.Model;
using AdmissionSdk.Models;
using AdmissionSdk.Registration;
using AdmissionSdk.Tests.Support;

namespace AdmissionSdk.Tests.Registration;

/// <summary>Targets that the API server would take, and that no review could meet.</summary>
/// <remarks>Covers <see cref="KnownResources"/>, <see cref="PodAttachOptions"/>, <see cref="PodExecOptions"/>, <see cref="ResourceTarget"/>, <see cref="ResourceTargetValidator"/>, <see cref="WebhookModelValidator"/>, <see cref="KubernetesNames"/>.</remarks>
public sealed class ResourceTargetTests
{
    private const string Name = "guard.registry.example.com";

    [Theory]
    [InlineData("", "v1", "pods/eviction", "", "the resource is \"pods/eviction\"; say the subresource apart: Resource(\"\", \"v1\", \"pods\", \"eviction\").")]
    [InlineData("", "v1", "Pod", "", "the resource is \"Pod\"; it must be the lower-case plural, such as pods, or *.")]
    [InlineData("", "v1", "pods*", "", "the resource is \"pods*\"; it must be the lower-case plural, such as pods, or *.")]
    [InlineData("", "v1", "pods/", "", "the resource is \"pods/\"; it must be the lower-case plural, such as pods, or *.")]
    [InlineData("", "v1", "pods", "Eviction", "the subresource is \"Eviction\"; it must be lower-case, such as status, or *.")]
    [InlineData("apps/v1", "v1", "deployments", "", "the API group is \"apps/v1\"; it must be one as in apiVersion, before the slash: lower-case, empty for the core group, or *.")]
    [InlineData("apps", "apps/v1", "deployments", "", "the API version is \"apps/v1\"; it must be one as in apiVersion, after the slash, such as v1, or *.")]
    public void Registry_ResourceThatNoReviewMeets_SaysHowToWriteIt(string group, string version, string resource, string subresource, string problem)
    {
        var problems = TestRegistry.Problems(webhooks => webhooks.AddValidator<JsonObject>(
            Name, context => AdmissionResult.Allow(), rule => rule.Resource(group, version, resource, subresource)));

        Assert.Equal([$"{Name}: {problem}"], problems);
    }

    [Theory]
    [InlineData("", "v1", "pods", "")]
    [InlineData("*", "*", "*", "*")]
    [InlineData("stable.example.com", "v1beta1", "crontabs", "scale")]
    public void Registry_ResourceAsKubernetesSpellsIt_IsTaken(string group, string version, string resource, string subresource) =>
        Assert.Single(TestRegistry.Create(webhooks => webhooks.AddValidator<JsonObject>(
            Name, context => AdmissionResult.Allow(), rule => rule.Resource(group, version, resource, subresource))).Webhooks);

    [Fact]
    public void Registry_OptionsOfConnect_AreForTheirSubresourceAndCONNECT()
    {
        var webhooks = TestRegistry.Create(webhooks => webhooks.AddValidatingWebhook(Name, webhook => webhook
            .Handle<PodAttachOptions>(_ => AdmissionResult.Allow())
            .Handle<PodExecOptions>(_ => AdmissionResult.Allow())
            .Handle<PodPortForwardOptions>(_ => AdmissionResult.Allow())
            .Handle<PodProxyOptions>(_ => AdmissionResult.Allow())
            .Handle<ServiceProxyOptions>(_ => AdmissionResult.Allow())
            .Handle<NodeProxyOptions>(_ => AdmissionResult.Allow()))).Webhooks;

        var handlers = Assert.Single(webhooks).Handlers;
        Assert.All(handlers, handler => Assert.Equal(Operations.Connect, handler.Operations));
        Assert.Equal(
            ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "services/proxy", "nodes/proxy"],
            handlers.Select(handler => Assert.Single(handler.Resources).RuleResource));
    }
}
