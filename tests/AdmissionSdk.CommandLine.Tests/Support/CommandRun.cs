using System.CommandLine;
using AdmissionSdk.Registration;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Support;

/// <summary>The output and the exit code of a command.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command of an application.</summary>
    /// <param name="arguments">The command and its options.</param>
    /// <param name="webhooks">The webhooks of the application; null for two usual webhooks.</param>
    /// <param name="configure">The application's own commands and objects.</param>
    /// <param name="settings">Settings of the configuration.</param>
    /// <param name="services">The services beside the webhooks; null for the services of a usual Program.cs.</param>
    /// <param name="map">The endpoints; null for the endpoints of a usual Program.cs.</param>
    public static async Task<CommandRun> RunAsync(
        string arguments,
        Action<AdmissionWebhooksBuilder>? webhooks = null,
        Action<AdmissionCommandLine>? configure = null,
        IEnumerable<(string Key, string Value)>? settings = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null)
    {
        var args = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ImageRegistry" });
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection((settings ?? []).Select(item => KeyValuePair.Create(item.Key, (string?)item.Value)));
        builder.Services.AddRouting();
        (services ?? (all => all.AddAdmissionTls()))(builder.Services);
        (webhooks ?? Usual)(builder.Services.AddAdmissionWebhooks());
        await using var app = builder.Build();
        (map ?? Map)(app);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await app.RunAdmissionWebhooksAsync(args, configure, new InvocationConfiguration { Output = output, Error = error }, CancellationToken.None);
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    private static void Map(WebApplication app)
    {
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
    }

    public static void Usual(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddMutatingWebhook("images.registry.example.com", webhook => webhook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Pod>(context => AdmissionResult.Allow()))
        .AddValidatingWebhook("guard.registry.example.com", webhook => webhook.Path("/validate").Timeout(TimeSpan.FromSeconds(10)).AcceptLint("ADM1040", "only a look-up can decide")
            .Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresources("ephemeralcontainers", "resize")));
}
