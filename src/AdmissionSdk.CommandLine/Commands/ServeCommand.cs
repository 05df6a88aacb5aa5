using System.CommandLine;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Serves. Also what happens without a command, so that a container needs no arguments.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    public static Command Create(Func<CancellationToken, Task> serve)
    {
        var command = new Command(Name, "Serves the webhooks until stopped. The default.");
        Configure(command, serve, isRoot: false);
        return command;
    }

    public static void Configure(Command command, Func<CancellationToken, Task> serve, bool isRoot)
    {
        // ASP.NET Core reads settings from the arguments too (--urls ..., --Section:Key=value); those are not ours to refuse.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetGuardedAction(async (parsed, cancellationToken) =>
        {
            if (isRoot && parsed.UnmatchedTokens is [var first, ..] && !first.StartsWith('-'))
            {
                throw new CommandException($"there is no command '{first}': there are {string.Join(", ", command.Subcommands.Select(item => item.Name))} (see --help).");
            }

            await serve(cancellationToken);
            return ExitCodes.Success;
        });
    }
}
