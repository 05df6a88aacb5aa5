using AdmissionSdk;
using AdmissionSdk.Models;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Handlers;

/// <summary>The blocks of docs/handlers.md about mutators, validators and the context.</summary>
/// <remarks>Covers docs/handlers.md, <see cref="AdmissionContext"/>, <see cref="MutationContext{T}"/>, <see cref="ValidationContext{T}"/>, <see cref="IAdmissionFilter"/>.</remarks>
public sealed class HandlerSnippets
{
    private static readonly V1Pod Pod = new()
    {
        Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop" },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:1.9" }] },
    };

    [Fact]
    public async Task Webhooks_OfThePage_Decide()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-register
            services.AddAdmissionWebhooks()
                .AddMutator<V1Pod, TeamLabel>("labels.shop.example.com")
                .AddValidator<V1Pod, TagGuard>("tags.shop.example.com")
                .AddValidator<V1Service>("services.shop.example.com", context =>
                    context.Object.Spec?.ExternalIPs is { Count: > 0 } ? AdmissionResult.Deny("externalIPs are not allowed: use a load balancer") : AdmissionResult.Allow());
            #endregion
        });

        var labelled = await host.SendAsync(AdmissionReviewBuilder.Create(Pod), "labels.shop.example.com");
        Assert.Equal("shop", labelled.EnsureAllowed().GetObject<V1Pod>().Metadata.Labels["team"]);
        Assert.True((await host.SendAsync(AdmissionReviewBuilder.Create(Pod), "tags.shop.example.com")).Allowed);
        var latest = AdmissionReviewBuilder.Create(new V1Pod { Metadata = Pod.Metadata, Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:latest" }] } });
        Assert.Equal("the image of main is tagged latest: name a version", (await host.SendAsync(latest, "tags.shop.example.com")).EnsureDenied().Message);
        var service = new V1Service { Metadata = new V1ObjectMeta { Name = "web" }, Spec = new V1ServiceSpec { ExternalIPs = ["10.0.0.1"] } };
        (await host.SendAsync(AdmissionReviewBuilder.Create(service), "services.shop.example.com")).EnsureDenied();
        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Pod), webhook: "labels.shop.example.com");
        await host.EnsureWellBehavedAsync(AdmissionReviewBuilder.Create(Pod), webhook: "tags.shop.example.com");
    }

    [Fact]
    public async Task Context_OfThePage_IsRead()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-context
            services.AddAdmissionWebhooks().AddValidator<V1Pod>("context.shop.example.com", context =>
            {
                var isDeployer = context.User.Username == "system:serviceaccount:ci:deployer" || context.User.Groups.Contains("shop:deployers");
                var isNew = context.Operation == Operation.Create;
                var isKubectl = context.GetOptions<CreateOptions>()?.FieldManager?.StartsWith("kubectl", StringComparison.Ordinal) == true;

                // A field that V1Pod does not know yet is in the JSON as it came.
                var future = context.ObjectJson.TryGetProperty("spec", out var spec) && spec.TryGetProperty("fromTheFuture", out _);

                context.Annotate("origin", isKubectl ? "kubectl" : "other");
                if (isNew && future)
                {
                    context.Warn("spec.fromTheFuture is newer than this policy");
                }

                return isNew && !isDeployer
                    ? AdmissionResult.Deny($"pods in {context.Namespace} are made by the pipeline")
                    : AdmissionResult.Allow();
            });
            #endregion
        });

        var review = AdmissionReviewBuilder.Create(Pod).WithUnknownField("/spec/fromTheFuture").WithOptions(new CreateOptions { FieldManager = "kubectl-create" });
        var outcome = (await host.SendAsync(review.WithUser("alice"))).EnsureDenied();
        Assert.Equal("pods in shop are made by the pipeline", outcome.Message);
        Assert.Equal(["spec.fromTheFuture is newer than this policy"], outcome.Warnings);
        Assert.Equal("kubectl", outcome.AuditAnnotations["origin"]);
        (await host.SendAsync(review.WithUser("ci", "shop:deployers"))).EnsureAllowed();
        (await host.SendAsync(AdmissionReviewBuilder.Update(Pod, Pod).WithUser("alice"))).EnsureAllowed();
    }

    [Fact]
    public async Task Transition_OfThePage_LooksAtBothObjects()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-transition
            services.AddAdmissionWebhooks().AddValidator<V1PersistentVolumeClaim>(
                "claims.shop.example.com",
                context => context.OldObject?.Metadata.Labels?.TryGetValue("team", out var team) == true
                    && (context.Object.Metadata.Labels is not { } labels || !labels.TryGetValue("team", out var now) || now != team)
                    ? AdmissionResult.Invalid(new FieldError("metadata.labels[team]", $"is {team} and stays so: make another claim", FieldErrorReasons.Forbidden))
                    : AdmissionResult.Allow(),
                webhook: claims => claims.SkipWhenDeleting());
            #endregion
        });

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Update(Claim("shop"), Claim("other")))).EnsureDenied();
        Assert.Equal((422, "metadata.labels[team]: is shop and stays so: make another claim"), (outcome.Code, outcome.Message));
        (await host.SendAsync(AdmissionReviewBuilder.Update(Claim("shop"), Claim("shop")))).EnsureAllowed();
        (await host.SendAsync(AdmissionReviewBuilder.Create(Claim("shop")))).EnsureAllowed();
    }

    [Fact]
    public async Task Filter_OfThePage_LetsTheGroupThroughAndSaysSo()
    {
        await using var host = await AdmissionTestHost.StartAsync(services =>
        {
            #region handlers-filter-register
            services.AddAdmissionWebhooks()
                .AddFilter<BreakGlass>()
                .AddValidator<V1Pod, TagGuard>("tags.shop.example.com");
            #endregion
        });
        var latest = AdmissionReviewBuilder.Create(new V1Pod { Metadata = Pod.Metadata, Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx" }] } });

        (await host.SendAsync(latest.WithUser("alice"))).EnsureDenied();
        var outcome = (await host.SendAsync(latest.WithUser("alice", "shop:breakglass"))).EnsureAllowed();
        Assert.Equal("alice", outcome.AuditAnnotations["breakglass"]);
        Assert.Equal(["the policy tags.shop.example.com was set aside for shop:breakglass"], outcome.Warnings);
    }

    [Fact]
    public async Task UnitTest_OfThePage_Passes()
    {
        #region handlers-unit-test
        var stored = new V1Pod { Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop" } };
        var wanted = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "web", NamespaceProperty = "shop" },
            Spec = new V1PodSpec { Containers = [new V1Container { Name = "main", Image = "nginx:latest" }] },
        };
        var context = TestContexts.ForValidator(wanted, new TestContextOptions
        {
            Operation = Operation.Update,
            OldObject = stored,
            User = new UserInfo { Username = "alice", Uid = "7f3", Groups = ["developers"], Extra = new Dictionary<string, IReadOnlyList<string>> { ["tenant"] = ["shop"] } },
            DryRun = true,
        });

        var result = await new TagGuard().ValidateAsync(context, CancellationToken.None);

        Assert.Equal(AdmissionDecision.Deny, result.Decision);
        Assert.Equal((403, "Forbidden", "the image of main is tagged latest: name a version"), (result.Code, result.Reason, result.Message));
        Assert.Empty(result.Causes);
        Assert.Null(result.RetryAfter);
        Assert.Equal(["main runs whatever is newest"], context.GetWarnings());
        Assert.Equal("main", context.GetAuditAnnotations()["untagged"]);
        #endregion
    }

    private static V1PersistentVolumeClaim Claim(string team) => new()
    {
        Metadata = new V1ObjectMeta { Name = "data", NamespaceProperty = "shop", Labels = new Dictionary<string, string> { ["team"] = team } },
        Spec = new V1PersistentVolumeClaimSpec { AccessModes = ["ReadWriteOnce"] },
    };

    #region handlers-two
    /// <summary>Labels each pod with its namespace.</summary>
    sealed class TeamLabel : IMutator<V1Pod>
    {
        public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            context.Patch.SetLabel("team", context.Namespace);
            return AdmissionResult.Allow();
        }
    }

    /// <summary>Refuses images without a version.</summary>
    sealed class TagGuard : IValidator<V1Pod>
    {
        public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            foreach (var container in context.Object.Spec?.Containers ?? [])
            {
                if (container.Image is { } image && (image.EndsWith(":latest", StringComparison.Ordinal) || !image.Split('/')[^1].Contains(':')))
                {
                    context.Warn($"{container.Name} runs whatever is newest");
                    context.Annotate("untagged", container.Name);
                    return AdmissionResult.Deny($"the image of {container.Name} is tagged latest: name a version");
                }
            }

            return AdmissionResult.Allow();
        }
    }
    #endregion

    #region handlers-filter
    /// <summary>Sets every policy aside for the people on call, and leaves a trace.</summary>
    sealed class BreakGlass : IAdmissionFilter
    {
        public ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate next, CancellationToken cancellationToken)
        {
            if (!context.User.Groups.Contains("shop:breakglass"))
            {
                return next(cancellationToken);
            }

            context.Annotate("breakglass", context.User.Username);
            context.Warn($"the policy {context.Webhook} was set aside for shop:breakglass");
            return AdmissionResult.Allow();
        }
    }
    #endregion
}
