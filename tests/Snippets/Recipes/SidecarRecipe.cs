using AdmissionSdk;
using AdmissionSdk.Testing;
using k8s.Models;

namespace Snippets.Tests.Recipes;

/// <summary>The recipe "a sidecar first, with a volume" of docs/recipes.md.</summary>
/// <remarks>Covers docs/recipes.md.</remarks>
public sealed class SidecarRecipe
{
    [Fact]
    public async Task Unit_Twice_AddsOnce()
    {
        var context = TestContexts.ForMutator(Pod());

        await new LogSidecar().MutateAsync(context, CancellationToken.None);
        await new LogSidecar().MutateAsync(context, CancellationToken.None);

        var spec = context.Object.Spec;
        Assert.Equal(["log-shipper", "init"], spec.InitContainers.Select(container => container.Name));
        Assert.Equal("log-shipper", Assert.Single(spec.Volumes).Name);
        Assert.All(spec.Containers, container => Assert.Equal("/var/log/app", Assert.Single(container.VolumeMounts).MountPath));
    }

    [Fact]
    public async Task Host_Pod_GetsTheSidecar()
    {
        await using var host = await AdmissionTestHost.StartAsync(Register);

        var outcome = (await host.SendAsync(AdmissionReviewBuilder.Create(Pod()).WithUnknownField("/spec/initContainers/0/fromTheFuture"))).EnsureAllowed();

        Assert.Equal("kept", (string?)outcome.GetObject()["spec"]!["initContainers"]![1]!["fromTheFuture"]);
        await RecipeChecks.EnsureSoundAsync(host, AdmissionReviewBuilder.Create(Pod()));
    }

    private static void Register(IServiceCollection services)
    {
        #region recipes-sidecar-register
        services.AddAdmissionWebhooks().AddMutator<V1Pod, LogSidecar>("logs.shop.example.com", webhook: logs => logs
            .ObjectSelector(labels => labels.HasValue("shop.example.com/logs", "on")) // pods opt in
            .ReinvocationPolicy(ReinvocationPolicy.IfNeeded)                          // containers that a later webhook adds get the mount too
            .FailurePolicy(FailurePolicy.Ignore));                                    // logs are not worth an outage
        #endregion
    }

    private static V1Pod Pod() => new()
    {
        Metadata = new V1ObjectMeta { Name = "web", Labels = new Dictionary<string, string> { ["shop.example.com/logs"] = "on" } },
        Spec = new V1PodSpec
        {
            InitContainers = [new V1Container { Name = "init", Image = "init:1" }],
            Containers = [new V1Container { Name = "main", Image = "nginx:1.9" }, new V1Container { Name = "other", Image = "other:1" }],
        },
    };

    #region recipes-sidecar
    sealed class LogSidecar : IMutator<V1Pod>
    {
        private const string Name = "log-shipper";

        public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
        {
            if (context.Object.Spec is not { Containers: { } containers } spec)
            {
                return AdmissionResult.Allow();
            }

            spec.InitContainers ??= [];
            if (spec.InitContainers.All(container => container.Name != Name))
            {
                // restartPolicy Always makes an init container a sidecar: started first, stopped last.
                spec.InitContainers.Insert(0, new V1Container { Name = Name, Image = "registry.example.com/log-shipper:2.1", RestartPolicy = "Always", VolumeMounts = [Mount()] });
            }

            spec.Volumes ??= [];
            if (spec.Volumes.All(volume => volume.Name != Name))
            {
                spec.Volumes.Add(new V1Volume { Name = Name, EmptyDir = new V1EmptyDirVolumeSource() });
            }

            foreach (var container in containers)
            {
                container.VolumeMounts ??= [];
                if (container.VolumeMounts.All(mount => mount.Name != Name))
                {
                    container.VolumeMounts.Add(Mount());
                }
            }

            return AdmissionResult.Allow();
        }

        private static V1VolumeMount Mount() => new() { Name = Name, MountPath = "/var/log/app" };
    }
    #endregion
}
