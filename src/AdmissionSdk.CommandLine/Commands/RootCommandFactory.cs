using System.CommandLine;
using AdmissionSdk.CommandLine.Context;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Puts the whole command line together.</summary>
internal static class RootCommandFactory
{
    /// <summary>Makes the root command.</summary>
    /// <param name="context">The application.</param>
    /// <param name="ownCommands">The application's own commands.</param>
    /// <param name="serve">Runs the application until it is stopped.</param>
    public static RootCommand Create(CommandContext context, IReadOnlyList<Command> ownCommands, Func<CancellationToken, Task> serve)
    {
        var root = new RootCommand(
            "Serves admission webhooks and registers them with a cluster: `manifests` writes their manifests, `certificates` the secret with a serving certificate, `lint` judges the registration, `apply` puts them into the cluster, `diff` and `status` compare, `uninstall` takes everything out again. `check` and `rewrite` run the handlers over manifests, `try` over one, `explain` over recorded reviews.");
        ServeCommand.Configure(root, context, Serve, isRoot: true);
        root.Add(ServeCommand.Create(context, Serve));
        root.Add(ManifestsCommand.Create(context));
        root.Add(CertificatesCommand.Create(context));
        root.Add(LintCommand.Create(context));
        root.Add(ApplyCommand.Create(context));
        root.Add(DiffCommand.Create(context));
        root.Add(StatusCommand.Create(context));
        root.Add(UninstallCommand.Create(context));
        root.Add(ExplainCommand.Create(context));
        Command[] replaceable = [CheckCommand.Create(context), RewriteCommand.Create(context), TryCommand.Create(context)];
        foreach (var command in replaceable.Where(command => ownCommands.All(own => own.Name != command.Name)).Concat(ownCommands))
        {
            root.Add(command);
        }

        return root;

        Task Serve(CancellationToken cancellationToken)
        {
            ServeCheck.Run(context.Services);
            CommandException.ThrowIfAny(context.FindRouteProblems());
            return serve(cancellationToken);
        }
    }
}
