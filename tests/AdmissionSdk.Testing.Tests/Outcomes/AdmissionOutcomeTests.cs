using AdmissionSdk.Testing.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Testing.Tests.Outcomes;

/// <summary>The object of an outcome, read as the handler reads objects.</summary>
/// <remarks>Covers <see cref="AdmissionOutcome"/>, <see cref="AdmissionTestHost"/>.</remarks>
public sealed class AdmissionOutcomeTests
{
    private const string Name = "pods.test.example.com";

    [Theory]
    [InlineData("null", 0)]
    [InlineData("80.0", 80)]
    public async Task GetObject_NumberThatOnlyHandlersCanRead_IsReadTheSame(string port, int read)
    {
        await using var host = await AdmissionTestHost.StartAsync(services => services.AddAdmissionWebhooks().AddMutator<V1Pod>(Name, context =>
        {
            context.Object.Spec.NodeName = $"port-{context.Object.Spec.Containers[0].Ports[0].ContainerPort}";
            return AdmissionResult.Allow();
        }));

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create($$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","namespace":"b"},"spec":{"containers":[{"name":"a","ports":[{"containerPort":{{{port}}}}]}]}}
            """));

        var spec = outcome.GetObject<V1Pod>().Spec;
        Assert.Equal(($"port-{read}", read), (spec.NodeName, spec.Containers[0].Ports[0].ContainerPort));
    }

    [Fact]
    public async Task GetObject_ApplicationWithItsOwnJson_IsReadTheSameAsInTheHandler()
    {
        var seen = 0;
        await using var host = await AdmissionTestHost.StartAsync(services => services
            .AddAdmissionWebhooks(options => options.JsonTypeInfoResolver = GadgetJson.Resolver)
            .AddMutator<Gadget>("gadgets.test.example.com", context =>
            {
                seen = context.Object.Size++;
                return AdmissionResult.Allow();
            }));

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(GadgetJson.Gadget).WithResource("example.com", "v1", "gadgetry"))).EnsureAllowed();

        Assert.Equal((7, 8), (seen, outcome.GetObject<Gadget>().Size));
    }
}
