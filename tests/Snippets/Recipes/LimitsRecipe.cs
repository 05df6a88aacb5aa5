using AdmissionSdk;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Recipes;

/// <summary>The recipe "limits required" of docs/recipes.md.</summary>
/// <remarks>Covers docs/recipes.md.</remarks>
public sealed class LimitsRecipe
{
    [Fact]
    public async Task Unit_ContainersWithoutLimit_AreNamed()
    {
        var pod = Pod("512Mi");
        pod.Spec.Containers.Add(new V1Container { Name = "log" });
        pod.Spec.InitContainers = [new V1Container { Name = "init" }];

        var result = await new LimitsRequired().ValidateAsync(TestContexts.ForValidator(pod), CancellationToken.None);

        Assert.Equal(
            "spec.containers[1].resources.limits[memory]: log needs a memory limit, spec.initContainers[0].resources.limits[memory]: init needs a memory limit",
            result.Message);
    }

    [Fact]
    public async Task Host_CreateAndResize_AreJudged()
    {
        await using var host = await AdmissionTestHost.StartAsync(Register);

        (await host.SendAsync(AdmissionReviewBuilder.Create(Pod("512Mi")))).EnsureAllowed();
        (await host.SendAsync(AdmissionReviewBuilder.Create(Pod(null)))).EnsureDenied();
        (await host.SendAsync(AdmissionReviewBuilder.Update(Pod("512Mi"), Pod(null)).WithSubresource("resize"))).EnsureDenied();
        await RecipeChecks.EnsureSoundAsync(host, AdmissionReviewBuilder.Create(Pod("512Mi")));
    }

    private static void Register(IServiceCollection services)
    {
        #region recipes-limits-register
        services.AddAdmissionWebhooks().AddValidatingWebhook("limits.shop.example.com", webhook => webhook
            .AcceptLint("ADM1011", "ephemeral containers have no limits")
            .Handle<V1Pod, LimitsRequired>(rule => rule.On(Operations.Create))
            .Handle<V1Pod, LimitsRequired>(rule => rule.On(Operations.Update).Resource("", "v1", "pods", "resize")));
        #endregion
    }

    private static V1Pod Pod(string? limit) => new()
    {
        Metadata = new V1ObjectMeta { Name = "web" },
        Spec = new V1PodSpec
        {
            Containers =
            [
                new V1Container
                {
                    Name = "main",
                    Resources = new V1ResourceRequirements { Limits = limit is null ? null : new Dictionary<string, ResourceQuantity> { ["memory"] = new(limit) } },
                },
            ],
        },
    };

    #region recipes-limits
    sealed class LimitsRequired : IValidator<V1Pod>
    {
        public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            var spec = context.Object.Spec;
            List<FieldError> errors = [.. Find("containers", spec?.Containers), .. Find("initContainers", spec?.InitContainers)];
            return errors.Count == 0 ? AdmissionResult.Allow() : AdmissionResult.Invalid(errors);
        }

        private static IEnumerable<FieldError> Find(string list, IList<V1Container>? containers) =>
            from item in (containers ?? []).Select((container, index) => (container, index))
            where item.container.Resources?.Limits?.ContainsKey("memory") != true
            select new FieldError($"spec.{list}[{item.index}].resources.limits[memory]", $"{item.container.Name} needs a memory limit", FieldErrorReasons.Required);
    }
    #endregion
}
