using AdmissionSdk;
using AdmissionSdk.Cluster;
using AdmissionSdk.Models;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Recipes;

/// <summary>The recipes "delete guard" and "exec guard" of docs/recipes.md.</summary>
/// <remarks>Covers docs/recipes.md, <see cref="PodExecOptions"/>, <see cref="PodAttachOptions"/>, <see cref="PodPortForwardOptions"/>.</remarks>
public sealed class GuardRecipes
{
    [Fact]
    public async Task Unit_ProtectedNamespace_IsKept()
    {
        var context = TestContexts.ForValidator(
            new PartialObjectMetadata { ApiVersion = "v1", Kind = "Namespace", Metadata = Namespace("true").Metadata }, new TestContextOptions { Operation = Operation.Delete });

        var result = await new DeleteGuard().ValidateAsync(context, CancellationToken.None);

        Assert.Equal("shop is protected: kubectl label namespace shop shop.example.com/protected- and try again", result.Message);
    }

    [Fact]
    public async Task Host_Delete_IsJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region recipes-delete-register
            services.AddAdmissionWebhooks().AddValidatingWebhook("deletes.shop.example.com", webhook => webhook
                .Handle<PartialObjectMetadata, DeleteGuard>(rule => rule
                    .On(Operations.Delete)
                    .Resource("", "v1", "namespaces")
                    .Resource("", "v1", "persistentvolumeclaims")));
            #endregion
        });

        (await host.SendAsync(AdmissionReviewBuilder.Delete(Namespace("true")))).EnsureDenied();
        (await host.SendAsync(AdmissionReviewBuilder.Delete(Namespace("false")))).EnsureAllowed();
        await RecipeChecks.EnsureSoundAsync(host);
    }

    [Theory]
    [InlineData("prod", false, AdmissionDecision.Deny)]
    [InlineData("prod", true, AdmissionDecision.Allow)]
    [InlineData("test", false, AdmissionDecision.Allow)]
    [InlineData("unknown", false, AdmissionDecision.Fail)]
    public async Task Unit_Exec_IsForTheGroupOnly(string stage, bool isOnCall, AdmissionDecision decision)
    {
        var context = TestContexts.ForValidator(
            new PodExecOptions { Command = ["sh"] },
            new TestContextOptions { Operation = Operation.Connect, Name = "web", Namespace = stage, User = new UserInfo { Username = "alice", Groups = isOnCall ? ["shop:oncall"] : [] } });

        var result = await new ExecGuard<PodExecOptions>(new Stages()).ValidateAsync(context, CancellationToken.None);

        Assert.Equal(decision, result.Decision);
    }

    [Fact]
    public async Task Host_EveryDoor_IsGuarded()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            services.AddSingleton<INamespaceLookup>(new Stages());

            #region recipes-exec-register
            services.AddAdmissionWebhooks().AddNamespaceLookup().AddValidatingWebhook("exec.shop.example.com", webhook => webhook
                .Handle<PodExecOptions, ExecGuard<PodExecOptions>>()
                .Handle<PodAttachOptions, ExecGuard<PodAttachOptions>>()
                .Handle<PodPortForwardOptions, ExecGuard<PodPortForwardOptions>>()
                .Handle<V1Pod, ExecGuard<V1Pod>>(rule => rule.On(Operations.Update).Resource("", "v1", "pods", "ephemeralcontainers"))); // kubectl debug
            #endregion
        });
        object[] doors = [new PodExecOptions { Command = ["sh"] }, new PodAttachOptions { Stdin = true }, new PodPortForwardOptions { Ports = [80] }];

        foreach (var door in doors)
        {
            (await host.SendAsync(AdmissionReviewBuilder.Connect(door, "web", "prod"))).EnsureDenied();
            (await host.SendAsync(AdmissionReviewBuilder.Connect(door, "web", "prod").WithUser("alice", "shop:oncall"))).EnsureAllowed();
        }

        var pod = new V1Pod { Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "prod" }, Spec = new V1PodSpec { Containers = [] } };
        (await host.SendAsync(AdmissionReviewBuilder.Update(pod, pod).WithSubresource("ephemeralcontainers"))).EnsureDenied();
        await RecipeChecks.EnsureSoundAsync(host);
    }

    private static V1Namespace Namespace(string isProtected) => new()
    {
        ApiVersion = "v1",
        Kind = "Namespace",
        Metadata = new V1ObjectMeta { Name = "shop", Labels = new Dictionary<string, string> { ["shop.example.com/protected"] = isProtected } },
    };

    private sealed class Stages : INamespaceLookup
    {
        public ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(name == "unknown"
            ? LookupResult<NamespaceLabels>.Unknown("the API server answered 503")
            : LookupResult<NamespaceLabels>.Found(new NamespaceLabels { Name = name, Labels = new Dictionary<string, string> { ["stage"] = name } }));
    }

    #region recipes-delete
    sealed class DeleteGuard : IValidator<PartialObjectMetadata>
    {
        public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<PartialObjectMetadata> context, CancellationToken cancellationToken) =>
            context.HasObject && context.Object.Metadata.Labels?.TryGetValue("shop.example.com/protected", out var value) == true && value == "true"
                ? AdmissionResult.Deny($"{context.Name} is protected: kubectl label {context.Kind.Kind.ToLowerInvariant()} {context.Name} shop.example.com/protected- and try again")
                : AdmissionResult.Allow();
    }
    #endregion

    #region recipes-exec
    sealed class ExecGuard<T>(INamespaceLookup namespaces) : IValidator<T>
        where T : class
    {
        public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<T> context, CancellationToken cancellationToken)
        {
            if (context.User.Groups.Contains("shop:oncall"))
            {
                context.Annotate("oncall", $"{context.RequestResource.Resource}/{context.RequestSubresource}");
                return AdmissionResult.Allow();
            }

            var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
            return known.Status switch
            {
                LookupStatus.Unknown => AdmissionResult.Fail(known.Reason!),
                LookupStatus.Found when known.Value!.Labels.GetValueOrDefault("stage") == "prod" =>
                    AdmissionResult.Deny($"{context.Namespace} is production: ask the people on call for {context.Subresource}"),
                _ => AdmissionResult.Allow(),
            };
        }
    }
    #endregion
}
