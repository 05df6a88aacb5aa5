using System.CommandLine;
using System.CommandLine.Invocation;
using AdmissionSdk.CommandLine;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Context;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

#pragma warning disable IDE0130 // Here so that RunAdmissionWebhooksAsync needs no using.
namespace Microsoft.AspNetCore.Builder;
#pragma warning restore IDE0130

/// <summary>Runs a webhook host, or one of its commands.</summary>
public static class AdmissionCommandLineExtensions
{
    /// <summary>
    /// Runs the command of the arguments; without a command, the application serves. <c>manifests</c>, <c>lint</c>, <c>apply</c>, <c>diff</c>, <c>status</c>, <c>uninstall</c>, <c>explain</c>, <c>check</c>,
    /// <c>rewrite</c> and <c>try</c> use the built application and do not start it.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="configure">Adds the application's own commands and objects; null for none.</param>
    /// <param name="cancellationToken">Stops the command or the application.</param>
    /// <returns>The exit code, to return from <c>Main</c>: 0 for success, 1 for drift, lint errors or denied manifests, 2 for a command that could not work.</returns>
#pragma warning disable RS0027 // The longer overload has no optional parameters, and its required InvocationConfiguration keeps calls unambiguous.
    public static Task<int> RunAdmissionWebhooksAsync(
        this WebApplication app, string[] args, Action<AdmissionCommandLine>? configure = null, CancellationToken cancellationToken = default) =>
        RunAdmissionWebhooksAsync(app, args, configure, new InvocationConfiguration(), cancellationToken);
#pragma warning restore RS0027

    /// <summary>Runs the command of the arguments with an output of the caller's choice, for tests of a program's commands.</summary>
    /// <param name="app">The application.</param>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="configure">Adds the application's own commands and objects; null for none.</param>
    /// <param name="invocation">The writers for output and errors.</param>
    /// <param name="cancellationToken">Stops the command or the application.</param>
    /// <returns>The exit code, as for the other overload.</returns>
    public static async Task<int> RunAdmissionWebhooksAsync(
        this WebApplication app, string[] args, Action<AdmissionCommandLine>? configure, InvocationConfiguration invocation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(invocation);
        var commandLine = new AdmissionCommandLine(app.Services);
        configure?.Invoke(commandLine);

        // A defect keeps its stack trace; an error from outside the program is one line already.
        invocation.EnableDefaultExceptionHandler = false;
        var context = commandLine.CreateContext(new HostEndpoints(((IEndpointRouteBuilder)app).DataSources));
        var root = RootCommandFactory.Create(context, commandLine.Commands, token => ((IHost)app).RunAsync(token));

        // `serve` passes unknown arguments to ASP.NET Core; every other command refuses unknown arguments. The parser asks the root command.
        root.TreatUnmatchedTokensAsErrors = args is [var first, ..] && first != ServeCommand.Name && root.Subcommands.Any(command => command.Name == first);
        var parsed = root.Parse(args);
        if (parsed.Action is ParseErrorAction mistake)
        {
            mistake.ShowHelp = false;
        }

        if (parsed.CommandResult.Command == root || parsed.CommandResult.Command.Name == ServeCommand.Name)
        {
            // The host handles SIGTERM itself; the parser would end the process after two seconds, in the middle of the drain delay.
            invocation.ProcessTerminationTimeout = null;
        }

        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        return parsed.Errors.Count > 0 ? CommandExitCodes.Failure : code;
    }
}
