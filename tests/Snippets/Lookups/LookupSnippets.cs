using AdmissionSdk;
using AdmissionSdk.Cluster;
using AdmissionSdk.Testing;
using k8s;
using k8s.Models;

namespace Snippets.Tests.Lookups;

/// <summary>The code in docs/lookups.md.</summary>
public sealed class LookupSnippets
{
    [Theory]
    [InlineData("prod", true, null)]
    [InlineData("test", false, "only namespaces with stage=prod may have load balancers")]
    [InlineData("gone", false, "namespace gone does not exist")]
    public async Task Validator_OfThePage_Decides(string @namespace, bool isAllowed, string? message)
    {
        await using var host = await StartAsync();

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(LoadBalancer(@namespace)));

        Assert.Equal((isAllowed, message), (outcome.Allowed, outcome.Message));
    }

    // Kubernetes 1.37 admits updates of what is left of a namespace that is gone.
    [Fact]
    public async Task Validator_OfThePage_LetsAnUpdateInANamespaceThatIsGoneThrough()
    {
        await using var host = await StartAsync();
        var plain = LoadBalancer("gone");
        plain.Spec.Type = "ClusterIP";

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Update(plain, LoadBalancer("gone")));

        Assert.True(outcome.Allowed);
    }

    [Fact]
    public async Task Validator_OfThePage_FailsWhenNobodyKnows()
    {
        await using var host = await StartAsync();

        var outcome = await host.SendAsync(AdmissionReviewBuilder.Create(LoadBalancer("unknown")));

        Assert.Equal(500, outcome.StatusCode);
        Assert.Contains("the API server answered 503", outcome.Body, StringComparison.Ordinal);
    }

    private static Task<AdmissionTestHost> StartAsync() => AdmissionTestHost.StartAsync(services =>
    {
        services.AddSingleton<INamespaceLookup>(new KnownNamespaces());
        services.AddAdmissionWebhooks().AddValidator<V1Service, LoadBalancerGuard>("services.example.com", rule => rule.On(Operations.Create | Operations.Update));
    });

    [Fact]
    public void Registration_OfThePage_Works()
    {
        var builder = WebApplication.CreateBuilder();

        #region lookups-register
        builder.Services.AddAdmissionWebhooks()
            .AddNamespaceLookup()
            .AddValidator<V1Service, LoadBalancerGuard>("services.example.com");
        #endregion

        Assert.Contains(builder.Services, service => service.ServiceType == typeof(INamespaceLookup));
        Assert.Contains(builder.Services, service => service.ServiceType == typeof(IClusterLookup));
    }

    [Fact]
    public async Task FakeCluster_OfThePage_IsFoundAndThenUnknown()
    {
        #region lookups-fake
        var cluster = new FakeCluster()
            .AddNamespace("shop", new Dictionary<string, string> { ["stage"] = "prod" })
            .Add("{apiVersion: v1, kind: ConfigMap, metadata: {name: team, namespace: shop}}");
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddAdmissionWebhooks().AddNamespaceLookup().AddValidator<V1Service, LoadBalancerGuard>("services.example.com");
            cluster.AddTo(services); // behind the application's own registrations
        });

        var allowed = await host.SendAsync(AdmissionReviewBuilder.Create(LoadBalancer("shop")));
        cluster.Disconnect("the API server answered 503");
        var failed = await host.SendAsync(AdmissionReviewBuilder.Create(LoadBalancer("shop")));
        #endregion

        Assert.True(allowed.Allowed);
        Assert.Equal(500, failed.StatusCode);
    }

    private static V1Service LoadBalancer(string @namespace) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = @namespace },
        Spec = new V1ServiceSpec { Type = "LoadBalancer" },
    };

    #region lookups-validator
    private sealed class LoadBalancerGuard(INamespaceLookup namespaces) : IValidator<V1Service>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Service> context, CancellationToken cancellationToken)
        {
            if (context.Object.Spec?.Type != "LoadBalancer")
            {
                return AdmissionResult.Allow();
            }

            var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
            return known.Status switch
            {
                LookupStatus.Found when known.Value!.Labels.GetValueOrDefault("stage") == "prod" => AdmissionResult.Allow(),
                LookupStatus.Found => AdmissionResult.Deny("only namespaces with stage=prod may have load balancers"),
                LookupStatus.NotFound when context.Operation == Operation.Update => AdmissionResult.Allow(), // what is left of a namespace that is gone
                LookupStatus.NotFound => AdmissionResult.Deny($"namespace {context.Namespace} does not exist"),
                _ => AdmissionResult.Fail(known.Reason!), // nobody knows: failurePolicy decides
            };
        }
    }
    #endregion

    #region lookups-cluster
    private sealed class QuotaGuard(IClusterLookup cluster) : IValidator<V1Pod>
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var team = await cluster.GetAsync(
                (client, token) => client.CoreV1.ReadNamespacedConfigMapAsync("team", context.Namespace, cancellationToken: token), cancellationToken);
            return team.Status switch
            {
                LookupStatus.Found => AdmissionResult.Allow(),
                LookupStatus.NotFound when context.Operation == Operation.Update => AdmissionResult.Allow(), // judged when it was made
                LookupStatus.NotFound => AdmissionResult.Deny("this namespace belongs to no team yet"),
                _ => AdmissionResult.Fail(team.Reason!),
            };
        }
    }
    #endregion

    [Theory]
    [InlineData("lookups.example.com")]
    public async Task Program_OfThePage_AsksForItsRights(string name)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAdmissionTls();
        builder.Services.AddAdmissionWebhooks().AddNamespaceLookup().AddValidator<V1Pod, QuotaGuard>(name);
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        using var output = new StringWriter();

        var code = await app.RunAdmissionWebhooksAsync(
            ["manifests", "--image", "registry.example.com/guard:1.0"],
            commandLine =>
            {
                #region lookups-rights
                commandLine.Deployment.ClusterRules.Add(new V1PolicyRule { ApiGroups = [""], Resources = ["configmaps"], Verbs = ["get"] });
                #endregion
            },
            new System.CommandLine.InvocationConfiguration { Output = output },
            CancellationToken.None);

        Assert.Equal(0, code);
        Assert.Contains("configmaps", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("namespaces", output.ToString(), StringComparison.Ordinal);
    }

    private sealed class KnownNamespaces : INamespaceLookup
    {
        public ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(name switch
        {
            "gone" => LookupResult<NamespaceLabels>.NotFound(),
            "unknown" => LookupResult<NamespaceLabels>.Unknown("the API server answered 503"),
            _ => LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name, Labels = new Dictionary<string, string> { ["stage"] = name } }),
        });
    }
}
