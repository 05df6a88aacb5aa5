using AdmissionSdk.Cluster;
using AdmissionSdk.Testing;
using Microsoft.Extensions.DependencyInjection;
using NamespaceValidator;

namespace Samples.Tests;

/// <remarks>Covers <see cref="ExposureGuard"/>.</remarks>
public sealed class NamespaceValidatorTests
{
    [Fact]
    public async Task Program_LoadBalancer_IsForLabelledNamespacesOnly()
    {
        await using var host = await SampleHost.StartAsync<ExposureGuard>(services => services.AddSingleton<INamespaceLookup>(new Namespaces()));
        var service = SampleHost.Read("NamespaceValidator", "service.yaml");
        var review = AdmissionReviewBuilder.Create(service);

        (await host.SendAsync(review.WithNamespace("exposed"))).EnsureAllowed();
        Assert.StartsWith("closed may not have load balancers", (await host.SendAsync(review.WithNamespace("closed"))).EnsureDenied().Message, StringComparison.Ordinal);
        (await host.SendAsync(review.WithNamespace("unknown"))).EnsureFailed();
        (await host.SendAsync(AdmissionReviewBuilder.Update(service, service).WithNamespace("closed"))).EnsureAllowed();
        await host.EnsureWellBehavedAsync(review.WithNamespace("exposed"));
    }

    private sealed class Namespaces : INamespaceLookup
    {
        public ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(name == "unknown"
            ? LookupResult<NamespaceLabels>.Unknown("nobody answers")
            : LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name, Labels = new Dictionary<string, string> { ["samples.example.com/exposed"] = name == "exposed" ? "true" : "false" } }));
    }
}
