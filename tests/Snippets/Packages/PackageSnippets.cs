using AdmissionSdk;
using k8s.Models;

namespace Snippets.Tests.Packages;

/// <summary>The code in the packages' own pages.</summary>
public sealed class PackageSnippets
{
    [Fact]
    public async Task Program_OfTheCorePackage_IsWhole()
    {
        var builder = WebApplication.CreateBuilder();

        #region core-readme
        builder.Services.AddAdmissionTls(); // https on port 8443
        builder.Services.AddAdmissionWebhooks()
            .AddValidator<V1Service>("services.example.com", context =>
                context.Object.Spec?.Type == "LoadBalancer" && context.Object.Metadata.Labels?.ContainsKey("team") != true
                    ? AdmissionResult.Invalid(new FieldError("metadata.labels", "a load balancer needs the label team"))
                    : AdmissionResult.Allow());
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        #endregion

        await using var _ = app;
        Assert.Single(app.Services.GetRequiredService<AdmissionSdk.Registration.WebhookRegistry>().Webhooks);
    }

    [Fact]
    public async Task Program_OfTheCommandLinePackage_RunsItsCommands() => Assert.Equal(0, await MainAsync(["lint"]));

    private static async Task<int> MainAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAdmissionTls();
        builder.Services.AddAdmissionWebhooks()
            .AddValidator<V1Service>("services.example.com", _ => AdmissionResult.Allow());

        #region commandline-readme
        var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        return await app.RunAdmissionWebhooksAsync(args, commandLine => commandLine.Deployment.Image = "registry.example.com/guard:1.0");
        #endregion
    }
}
