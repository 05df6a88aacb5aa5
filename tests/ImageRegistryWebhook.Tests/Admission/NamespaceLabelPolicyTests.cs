using AdmissionSdk.Cluster;
using AdmissionSdk.Testing;
using ImageRegistryWebhook.Admission;
using ImageRegistryWebhook.Policies;
using ImageRegistryWebhook.Reloading;
using k8s;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRegistryWebhook.Tests.Admission;

/// <summary>Decisions of a policy that depends on the labels of namespaces.</summary>
/// <remarks>Covers <see cref="ImageReviewer"/>, <see cref="RuleMatch"/>, <see cref="PolicySetup"/>.</remarks>
public sealed class NamespaceLabelPolicyTests : IAsyncLifetime, INamespaceLookup
{
    private const string Policy =
        """
        rules:
          - {name: trusted, match: {namespaceLabels: {matchLabels: {registry: any}}}, action: allow}
          - {name: hub, match: {registries: [docker.io]}, action: rewrite, target: registry.example.com/hub}
          - {name: ours, match: {registries: [registry.example.com]}, action: allow}
        default: deny
        """;

    private readonly List<string> _asked = [];
    private WebhookUnderTest _webhook = null!;

    public async Task InitializeAsync() => _webhook = await WebhookUnderTest.StartAsync(Policy, services =>
    {
        services.AddSingleton<IKubernetes>(_ => new Kubernetes(new KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }));
        services.AddSingleton<INamespaceLookup>(this);
    });

    public async Task DisposeAsync() => await _webhook.DisposeAsync();

    [Theory]
    [InlineData("trusted", "nginx:1.9")]
    [InlineData("shop", "registry.example.com/hub/library/nginx:1.9")]
    public async Task Create_LabelsAreKnown_TheyDecide(string @namespace, string image)
    {
        var mutated = (await _webhook.MutateAsync(Pod(@namespace))).EnsureAllowed().GetObject();

        Assert.Equal(image, (string?)mutated["spec"]!["containers"]![0]!["image"]);
        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Create(mutated))).EnsureAllowed();
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("gone")]
    public async Task Create_LabelsAreNotKnown_NeitherWebhookDecides(string @namespace)
    {
        var mutation = (await _webhook.MutateAsync(Pod(@namespace))).EnsureFailed();
        var validation = (await _webhook.ValidateAsync(Pod(@namespace))).EnsureFailed();

        Assert.All(
            new[] { mutation, validation },
            outcome => Assert.Contains($"the labels of namespace \"{@namespace}\" are not known", outcome.Failure, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_NoNewImage_NeedsNoLabels()
    {
        var pod = SamplePods.Pod("nginx:1.9");
        pod.Metadata.NamespaceProperty = "unknown";

        (await _webhook.ValidateAsync(AdmissionReviewBuilder.Update(pod, pod))).EnsureAllowed();

        Assert.Empty(_asked);
    }

    ValueTask<LookupResult<NamespaceLabels>> INamespaceLookup.GetAsync(string name, CancellationToken cancellationToken)
    {
        _asked.Add(name);
        return ValueTask.FromResult(name switch
        {
            "trusted" => LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name, Labels = new Dictionary<string, string> { ["registry"] = "any" } }),
            "shop" => LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name }),
            "gone" => LookupResult<NamespaceLabels>.NotFound(),
            _ => LookupResult<NamespaceLabels>.Unknown("the cluster did not answer"),
        });
    }

    private static AdmissionReviewBuilder Pod(string @namespace)
    {
        var pod = SamplePods.Pod("nginx:1.9");
        pod.Metadata.NamespaceProperty = @namespace;
        return AdmissionReviewBuilder.Create(pod);
    }
}
