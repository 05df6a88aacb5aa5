using AdmissionSdk;
using AdmissionSdk.Cluster;
using AdmissionSdk.Testing;
using k8s;
using k8s.Models;

namespace Snippets.Tests.Recipes;

/// <summary>The recipe "a host for one Ingress only" of docs/recipes.md.</summary>
/// <remarks>Covers docs/recipes.md, <see cref="IClusterLookup"/>.</remarks>
public sealed class UniqueRecipe
{
    [Theory]
    [InlineData("new.example.com", AdmissionDecision.Allow)]
    [InlineData("taken.example.com", AdmissionDecision.Deny)]
    public async Task Unit_Host_IsLookedUp(string host, AdmissionDecision decision)
    {
        var lookup = new FakeLookup(LookupResult<V1IngressList>.Found(new V1IngressList { Items = [Ingress("other", "taken.example.com"), Ingress("shop", "new.example.com")] }));

        var result = await new UniqueHost(lookup).ValidateAsync(TestContexts.ForValidator(Ingress("shop", host)), CancellationToken.None);

        Assert.Equal(decision, result.Decision);
    }

    [Fact]
    public async Task Unit_NobodyKnows_Fails()
    {
        var lookup = new FakeLookup(LookupResult<V1IngressList>.Unknown("the API server answered 503"));

        var result = await new UniqueHost(lookup).ValidateAsync(TestContexts.ForValidator(Ingress("shop", "new.example.com")), CancellationToken.None);

        Assert.Equal((AdmissionDecision.Fail, "the API server answered 503"), (result.Decision, result.Message));
    }

    [Fact]
    public async Task Host_UpdateThatKeepsItsHosts_AsksNobody()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddSingleton<IClusterLookup>(new FakeLookup(LookupResult<V1IngressList>.Unknown("not asked")));
            Register(services);
        });
        var ingress = Ingress("shop", "new.example.com");

        (await host.SendAsync(AdmissionReviewBuilder.Update(ingress, ingress))).EnsureAllowed();
        (await host.SendAsync(AdmissionReviewBuilder.Create(ingress))).EnsureFailed();
    }

    [Fact]
    public async Task Host_Ingress_IsWellBehaved()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddSingleton<IClusterLookup>(new FakeLookup(LookupResult<V1IngressList>.Found(new V1IngressList { Items = [] })));
            Register(services);
        });

        await RecipeChecks.EnsureSoundAsync(host, AdmissionReviewBuilder.Create(Ingress("shop", "new.example.com")));
    }

    private static void Register(IServiceCollection services)
    {
        #region recipes-unique-register
        services.AddAdmissionWebhooks()
            .AddClusterLookup(options => options.Timeout = TimeSpan.FromSeconds(2))
            .AddValidator<V1Ingress, UniqueHost>("hosts.shop.example.com");
        #endregion
    }

    private static V1Ingress Ingress(string @namespace, string host) => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = @namespace },
        Spec = new V1IngressSpec { Rules = [new V1IngressRule { Host = host }] },
    };

    #region recipes-unique-fake
    sealed class FakeLookup(LookupResult<V1IngressList> answer) : IClusterLookup
    {
        public ValueTask<LookupResult<T>> GetAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> get, CancellationToken cancellationToken)
            where T : class =>
            ValueTask.FromResult((LookupResult<T>)(object)answer);
    }
    #endregion

    #region recipes-unique
    sealed class UniqueHost(IClusterLookup cluster) : IValidator<V1Ingress>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Ingress> context, CancellationToken cancellationToken)
        {
            var wanted = Hosts(context.Object).Except(context.OldObject is { } stored ? Hosts(stored) : []).ToHashSet();
            if (wanted.Count == 0)
            {
                return AdmissionResult.Allow(); // an update that adds no host needs no question
            }

            var all = await cluster.GetAsync((client, token) => client.NetworkingV1.ListIngressForAllNamespacesAsync(cancellationToken: token), cancellationToken);
            if (all.Status != LookupStatus.Found)
            {
                return AdmissionResult.Fail(all.Reason ?? "the API server does not know Ingresses");
            }

            var taken = all.Value!.Items
                .Where(other => (other.Metadata.NamespaceProperty, other.Metadata.Name) != (context.Namespace, context.Name))
                .SelectMany(Hosts)
                .FirstOrDefault(wanted.Contains);
            return taken is null ? AdmissionResult.Allow() : AdmissionResult.Deny($"the host {taken} is taken by another Ingress");
        }

        private static IEnumerable<string> Hosts(V1Ingress ingress) =>
            (ingress.Spec?.Rules ?? []).Select(rule => rule.Host).OfType<string>();
    }
    #endregion
}
