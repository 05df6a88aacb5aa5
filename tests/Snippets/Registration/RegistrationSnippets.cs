using AdmissionSdk;
using AdmissionSdk.Linting;
using k8s.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Snippets.Tests.Registration;

/// <summary>The code in docs/registration.md and docs/deploying.md.</summary>
public sealed class RegistrationSnippets
{
    [Fact]
    public void Webhooks_OfThePage_AreRegisteredAndWithoutFindings()
    {
        var builder = WebApplication.CreateBuilder();

        #region registration-fluent
        builder.Services.AddAdmissionWebhooks()
            .AddMutatingWebhook("images.registry.example.com", webhook => webhook.Path("/mutate")
                .FailurePolicy(FailurePolicy.Ignore)
                .Handle<V1Pod, RegistryRewriter>())
            .AddValidatingWebhook("guard.registry.example.com", webhook => webhook.Path("/validate")
                .Timeout(TimeSpan.FromSeconds(3))
                .NamespaceSelector(labels => labels.DoesNotExist("example.com/unguarded"))
                .MatchCondition("not-a-node", "!('system:nodes' in request.userInfo.groups)")
                .AcceptLint("ADM1040", "a registry is asked, which no guard policy can do")
                .Handle<V1Pod, PodGuard>(rule => rule.On(Operations.Create | Operations.Update).Subresources("ephemeralcontainers", "resize"))
                .Handle<V1Scale, ScaleGuard>(rule => rule.Resource("apps", "v1", "deployments", "scale")));
        #endregion

        using var app = builder.Build();

        #region registration-lint
        Assert.Empty(AdmissionLint.Run(app.Services));
        #endregion
    }

    [Fact]
    public void Drift_OfThePage_IsRegistered()
    {
        var builder = WebApplication.CreateBuilder();

        #region deploying-drift
        builder.Services.AddAdmissionWebhooks()
            .AddDriftCheck(options => options.Interval = TimeSpan.FromMinutes(5));
        #endregion

        using var app = builder.Build();
        Assert.Contains(app.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations, check => check.Name == "admission-drift");
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("manifests")]
    public async Task Program_OfThePage_RunsItsCommands(string command)
    {
        Assert.Equal(0, await MainAsync([command]));
    }

    private static async Task<int> MainAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAdmissionWebhooks()
            .AddValidator<V1Service>("services.registry.example.com", context => AdmissionResult.Allow());

        #region deploying-program
        builder.Services.AddAdmissionTls();

        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        return await app.RunAdmissionWebhooksAsync(args, commandLine =>
        {
            commandLine.Deployment.Image = "registry.example.com/pod-guard:1.4";
            commandLine.AddObject(_ => new V1ConfigMap
            {
                ApiVersion = "v1",
                Kind = "ConfigMap",
                Metadata = new V1ObjectMeta { Name = "settings" },
                Data = new Dictionary<string, string> { ["level"] = "strict" },
            });
            commandLine.EditDeployment(deployment => deployment.Spec.Template.Spec.Containers[0].EnvFrom =
                [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = "settings" } }]);
        });
        #endregion
    }

    private sealed class RegistryRewriter : IMutator<V1Pod>
    {
        public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken) => AdmissionResult.Allow();
    }

    private sealed class PodGuard : IValidator<V1Pod>
    {
        public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken) =>
            AdmissionResult.Allow();
    }

    private sealed class ScaleGuard : IValidator<V1Scale>
    {
        public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Scale> context, CancellationToken cancellationToken) => AdmissionResult.Allow();
    }
}
