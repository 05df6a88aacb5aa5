using AdmissionSdk;
using AdmissionSdk.Cluster;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Recipes;

/// <summary>The recipe "labels from the namespace" of docs/recipes.md.</summary>
/// <remarks>Covers docs/recipes.md, <see cref="INamespaceLookup"/>.</remarks>
public sealed class NamespaceLabelsRecipe
{
    [Theory]
    [InlineData("shop", AdmissionDecision.Allow, "blue")]
    [InlineData("gone", AdmissionDecision.Allow, null)]
    [InlineData("unknown", AdmissionDecision.Fail, null)]
    public async Task Unit_Namespace_Decides(string @namespace, AdmissionDecision decision, string? team)
    {
        var context = TestContexts.ForMutator(Pod(@namespace));

        var result = await new TeamFromNamespace(new KnownNamespaces()).MutateAsync(context, CancellationToken.None);

        Assert.Equal(decision, result.Decision);
        Assert.Equal(team, context.Object.Metadata.Labels?["team"]);
    }

    [Fact]
    public async Task Host_Pod_GetsTheLabel()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddSingleton<INamespaceLookup>(new KnownNamespaces()); // wins over the real one
            Register(services);
        });

        Assert.Equal("blue", (await host.SendAsync(AdmissionReviewBuilder.Create(Pod("shop")))).EnsureAllowed().GetObject<V1Pod>().Metadata.Labels["team"]);
        await RecipeChecks.EnsureSoundAsync(host, AdmissionReviewBuilder.Create(Pod("shop")));
    }

    private static void Register(IServiceCollection services)
    {
        #region recipes-namespace-register
        services.AddAdmissionWebhooks()
            .AddNamespaceLookup()
            .AddMutator<V1Pod, TeamFromNamespace>("team.shop.example.com", webhook: team => team.FailurePolicy(FailurePolicy.Ignore));
        #endregion
    }

    private static V1Pod Pod(string @namespace) => new() { Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = @namespace }, Spec = new V1PodSpec { Containers = [] } };

    private sealed class KnownNamespaces : INamespaceLookup
    {
        public ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(name switch
        {
            "gone" => LookupResult<NamespaceLabels>.NotFound(),
            "unknown" => LookupResult<NamespaceLabels>.Unknown("the API server answered 503"),
            _ => LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name, Labels = new Dictionary<string, string> { ["team"] = "blue" } }),
        });
    }

    #region recipes-namespace
    sealed class TeamFromNamespace(INamespaceLookup namespaces) : IMutator<V1Pod>
    {
        public async ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
            if (known.Status == LookupStatus.Unknown)
            {
                return AdmissionResult.Fail(known.Reason!); // nobody knows: failurePolicy decides
            }

            if (known.Value?.Labels.TryGetValue("team", out var team) == true)
            {
                context.Object.Metadata.Labels ??= new Dictionary<string, string>();
                context.Object.Metadata.Labels["team"] = team; // the namespace's word counts, whatever the pod says
            }

            return AdmissionResult.Allow();
        }
    }
    #endregion
}
