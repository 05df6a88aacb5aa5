using AdmissionSdk.Testing;
using k8s.Models;
using SidecarInjector;

namespace Samples.Tests;

/// <remarks>Covers <see cref="ProxySidecar"/>.</remarks>
public sealed class SidecarInjectorTests
{
    [Fact]
    public async Task Program_Pod_GetsTheProxyFirst()
    {
        await using var host = await SampleHost.StartAsync<ProxySidecar>();
        var review = AdmissionReviewBuilder.Create(SampleHost.Read("SidecarInjector", "pod.yaml"));

        var pod = (await host.SendAsync(review)).EnsureAllowed().GetObject<V1Pod>();

        Assert.Equal(("proxy", "Always"), (pod.Spec.InitContainers[0].Name, pod.Spec.InitContainers[0].RestartPolicy));
        Assert.Equal("proxy-certs", Assert.Single(pod.Spec.Volumes).Secret.SecretName);
        await host.EnsureWellBehavedAsync(review);
    }
}
