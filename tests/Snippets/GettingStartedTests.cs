using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests;

/// <summary>The README's program, run without changes.</summary>
public sealed class GettingStartedTests
{
    // Kubernetes requires these fields of a stored pod, so the first example does not check for null.
    private static readonly string[] Required = ["/spec", "/spec/containers", "/spec/containers/*/image"];

    [Fact]
    public async Task GettingStarted_Pod_IsRewritten()
    {
        await using var host = await AdmissionTestHost.StartAsync<RegistryRewriter>();

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(Pod()));

        Assert.Equal("registry.example.com/nginx:1.9", outcome.EnsureAllowed().GetObject<V1Pod>().Spec.Containers[0].Image);
    }

    [Fact]
    public async Task GettingStarted_Properties_Hold()
    {
        await using var host = await AdmissionTestHost.StartAsync<RegistryRewriter>();

        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Pod()), required: Required);
    }

    private static V1Pod Pod() => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", Labels = new Dictionary<string, string> { ["app"] = "web" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:1.9" }] },
    };
}
