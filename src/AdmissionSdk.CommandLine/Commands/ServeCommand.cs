using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Serves the webhooks. The root command does the same, so that a container needs no arguments.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create(CommandContext context, Func<CancellationToken, Task> serve)
    {
        var command = new Command(Name, "Serves the webhooks until stopped. The default.");
        Configure(command, context, serve, isRoot: false);
        return command;
    }

    public static void Configure(Command command, CommandContext context, Func<CancellationToken, Task> serve, bool isRoot)
    {
        // ASP.NET Core reads settings from the arguments too (--urls ..., --Section:Key=value).
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            if (isRoot && parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith('-'))
            {
                throw new CommandException($"the command '{first}' does not exist: use {string.Join(", ", command.Subcommands.Select(item => item.Name))} (see --help).");
            }

            if (ServeArguments.FindProblem(parsed.UnmatchedTokens, context.Services.GetRequiredService<IConfiguration>(), context.OwnSettings) is { } problem)
            {
                throw new CommandException(problem);
            }

            await serve(cancellationToken);
            return CommandExitCodes.Success;
        });
    }
}
