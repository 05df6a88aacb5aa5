using System.CommandLine;
using AdmissionSdk.CommandLine;
using AdmissionSdk.Registration;
using AdmissionSdk.Testing.ApiServer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.EndToEnd.Tests.Support;

/// <summary>The output and the exit code of an application's command.</summary>
internal sealed record AppCommand(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command of an application with these webhooks.</summary>
    /// <param name="arguments">The command and its options, without the options of the cluster.</param>
    /// <param name="webhooks">The application's webhooks.</param>
    /// <param name="server">The cluster; null for commands that need none.</param>
    /// <param name="settings">Settings of the application's configuration.</param>
    /// <param name="configure">Additions of the application's own.</param>
    public static async Task<AppCommand> RunAsync(
        string arguments,
        Action<AdmissionWebhooksBuilder> webhooks,
        KubeApiServerFixture? server = null,
        IEnumerable<(string Key, string Value)>? settings = null,
        Action<AdmissionCommandLine>? configure = null)
    {
        List<string> args = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        if (server?.KubeConfigPath is { } kubeConfig)
        {
            args.AddRange(["--kubeconfig", kubeConfig]);
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Registered" });
        builder.WebHost.UseKestrelCore();
        builder.Configuration.AddInMemoryCollection((settings ?? []).Select(item => KeyValuePair.Create(item.Key, (string?)item.Value)));
        builder.Services.AddRouting();
        builder.Services.AddAdmissionTls();
        webhooks(builder.Services.AddAdmissionWebhooks());
        await using var app = builder.Build();
        app.MapAdmissionWebhooks();
        app.MapAdmissionHealthChecks();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await app.RunAdmissionWebhooksAsync([.. args], configure, new InvocationConfiguration { Output = output, Error = error }, CancellationToken.None);
        return new AppCommand(code, output.ToString(), error.ToString());
    }

    /// <summary>Asserts that the command worked, and returns its output. Warnings pass: most tests have no Service, of which <c>apply</c> warns.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0 && Error.Split('\n').All(line => line.Length == 0 || line.StartsWith("warning: ", StringComparison.Ordinal) || line.StartsWith("note: ", StringComparison.Ordinal)), $"exit code {ExitCode}: {Error}{Output}");
        return Output;
    }
}
