using System.Text.Json;
using AdmissionSdk;
using AdmissionSdk.Cel;
using AdmissionSdk.Linting;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Snippets.Tests.Guarding;

/// <summary>The application of docs/guard-policy.md.</summary>
/// <remarks>Covers docs/guard-policy.md, <see cref="GuardPolicyBuilder"/>, <see cref="AdmissionLint"/>.</remarks>
public sealed class GuardPolicySnippets : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("guard-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("""{"metadata": {"name": "web", "labels": {"owner": "shop"}}}""", true)]
    [InlineData("""{"metadata": {"name": "web", "labels": {"app": "web"}}}""", false)]
    [InlineData("""{"metadata": {"name": "web"}}""", false)]
    public async Task Application_WritesAPolicyThatDecidesAsTheHandlerDoes(string pod, bool isAllowed)
    {
        Assert.Equal(0, await RunAsync(["manifests", "--format", "webhooks", "--out", _directory]));

        var policy = KubernetesYaml.LoadAllFromString(await File.ReadAllTextAsync(Path.Combine(_directory, "guard-policy.yaml"))).OfType<V1ValidatingAdmissionPolicy>().Single();
        var environment = CelEnvironment.ForAdmissionPolicies(new Version(1, 30));
        foreach (var variable in policy.Spec.Variables)
        {
            environment = environment.WithVariable(variable.Name, environment.CompileAny(variable.Expression).Program!);
        }

        using var json = JsonDocument.Parse(pod);
        var result = environment.Compile(policy.Spec.Validations.Single().Expression).Program!.Evaluate(new CelInputs { Object = json.RootElement });

        Assert.True(result.Value!.TryGetBoolean(out var allowed));
        Assert.Equal(isAllowed, allowed);
    }

    [Fact]
    public async Task Application_HasNoFinding() => Assert.Equal(0, await RunAsync(["lint", "--strict"]));

    private static async Task<int> RunAsync(string[] args)
    {
        #region guard-policy
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAdmissionTls();
        builder.Services.AddAdmissionWebhooks().AddValidatingWebhook("owner.teams.example.com", webhook => webhook
            .FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Pod>(
                context => context.Object.Metadata?.Labels?.ContainsKey("owner") == true ? AdmissionResult.Allow() : AdmissionResult.Deny("every pod needs the label owner"),
                rule => rule.Subresources("ephemeralcontainers", "resize"))
            .GuardPolicy(policy => policy
                .Variable("labels", "object.metadata.?labels.orValue({})")
                .Validate("'owner' in variables.labels", "every pod needs the label owner")));
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        return await app.RunAdmissionWebhooksAsync(args);
        #endregion
    }
}
