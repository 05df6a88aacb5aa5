using AdmissionSdk.Testing;
using k8s.Models;
using LabelMutator;

namespace Samples.Tests;

/// <remarks>Covers <see cref="CostCenterLabel"/>.</remarks>
public sealed class LabelMutatorTests
{
    [Fact]
    public async Task Program_Deployment_IsLabelledOnce()
    {
        await using var host = await SampleHost.StartAsync<CostCenterLabel>(args: "--Labels:CostCenter=4711");
        var review = AdmissionReviewBuilder.Create(SampleHost.Read("LabelMutator", "deployment.yaml"));

        var labelled = (await host.SendAsync(review)).EnsureAllowed().GetObject<V1Deployment>();
        var other = (await host.SendAsync(review.WithEdit(edited => edited["request"]!["object"]!["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["samples.example.com/cost-center"] = "1" }))).EnsureAllowed();

        Assert.Equal("4711", labelled.Metadata.Labels["samples.example.com/cost-center"]);
        Assert.False(other.HasPatch);
        await host.EnsureWellBehavedAsync(review);
    }
}
