using System.CommandLine;
using AdmissionSdk.Registration;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Tests.Support;

/// <summary>What a command of an application printed and returned.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> RunAsync(
        string arguments, Action<AdmissionWebhooksBuilder>? webhooks = null, Action<AdmissionCommandLine>? configure = null)
    {
        var args = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ImageRegistry" });
        builder.WebHost.UseKestrelCore();
        var all = builder.Services.AddAdmissionWebhooks();
        (webhooks ?? Usual)(all);
        await using var app = builder.Build();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await app.RunAdmissionWebhooksAsync(args, configure, new InvocationConfiguration { Output = output, Error = error });
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    public static void Usual(AdmissionWebhooksBuilder webhooks) => webhooks
        .AddMutating("images.registry.example.com", hook => hook.Path("/mutate").FailurePolicy(FailurePolicy.Ignore)
            .Handle<V1Pod>(context => AdmissionResult.Allow()))
        .AddValidating("guard.registry.example.com", hook => hook.Path("/validate").Timeout(TimeSpan.FromSeconds(10))
            .Handle<V1Pod>(context => AdmissionResult.Allow(), rule => rule.Subresource("ephemeralcontainers")));
}
