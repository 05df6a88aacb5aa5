using System.CommandLine;
using AdmissionSdk.CommandLine.Commands;
using AdmissionSdk.CommandLine.Context;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine;

/// <summary>The command line of a webhook host, to which an application adds its own commands and objects.</summary>
public sealed class AdmissionCommandLine
{
    private readonly List<Command> _commands = [];

    internal AdmissionCommandLine(IServiceProvider services, HostEndpoints endpoints) => (Services, Endpoints) = (services, endpoints);

    /// <summary>The application's services. The application is built, not started.</summary>
    public IServiceProvider Services { get; }

    /// <summary>What the generated Deployment and the objects around it look like.</summary>
    public DeploymentOptions Deployment { get; } = new();

    /// <summary>The application's endpoints, which answer reviews without a server.</summary>
    internal HostEndpoints Endpoints { get; }

    internal List<Func<ManifestContext, IKubernetesObject<V1ObjectMeta>>> Objects { get; } = [];

    internal List<Action<V1Deployment>> DeploymentEdits { get; } = [];

    /// <summary>Adds a command of the application's own. One that is called <c>check</c> or <c>rewrite</c> takes the place of the SDK's.</summary>
    /// <param name="command">The command.</param>
    /// <returns>This command line.</returns>
    public AdmissionCommandLine Add(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _commands.Add(command);
        return this;
    }

    /// <summary>Adds an object to what <c>manifests</c> writes, such as a ConfigMap that the application reads.</summary>
    /// <param name="create">Makes the object; it gets the standard labels, its kind, and the namespace unless Kubernetes has it without one.</param>
    /// <returns>This command line.</returns>
    public AdmissionCommandLine AddObject(Func<ManifestContext, IKubernetesObject<V1ObjectMeta>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        Objects.Add(create);
        return this;
    }

    /// <summary>Changes the generated Deployment, for example to mount a ConfigMap.</summary>
    /// <param name="edit">The change, made last.</param>
    /// <returns>This command line.</returns>
    public AdmissionCommandLine EditDeployment(Action<V1Deployment> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        DeploymentEdits.Add(edit);
        return this;
    }

    /// <summary>The whole command line.</summary>
    /// <param name="serve">Runs the application until it is stopped.</param>
    internal RootCommand Build(Func<CancellationToken, Task> serve)
    {
        var root = new RootCommand(
            "Serves admission webhooks, and says to a cluster what they are: `manifests` writes it, `lint` judges it, `apply` puts it into the cluster, `diff` and `status` compare. `check` and `rewrite` run the handlers over manifests.");
        ServeCommand.Configure(root, serve, isRoot: true);
        root.Add(ServeCommand.Create(serve));
        root.Add(ManifestsCommand.Create(this));
        root.Add(LintCommand.Create(this));
        root.Add(ApplyCommand.Create(this));
        root.Add(DiffCommand.Create(this));
        root.Add(StatusCommand.Create(this));
        foreach (var command in new[] { CheckCommand.Create(this), RewriteCommand.Create(this) }.Where(command => _commands.All(own => own.Name != command.Name)))
        {
            root.Add(command);
        }

        foreach (var command in _commands)
        {
            root.Add(command);
        }

        return root;
    }
}
