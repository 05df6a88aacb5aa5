using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine;

/// <summary>Collects the commands and objects that an application adds to the command line of its host.</summary>
public sealed class AdmissionCommandLine
{
    private readonly List<Command> _commands = [];
    private readonly List<string> _settings = [];
    private readonly List<Func<ManifestContext, IKubernetesObject<V1ObjectMeta>>> _objects = [];
    private readonly List<Action<V1Deployment>> _deploymentEdits = [];
    private readonly DeploymentOptions _deployment = new();
    private readonly BuildGuard _guard = new("The command line");

    internal AdmissionCommandLine(IServiceProvider services) => Services = services;

    /// <summary>The application's services. The application is built, not started.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The look of the generated Deployment and of the objects around it.</summary>
    /// <exception cref="InvalidOperationException">The command line is built; a command reads <see cref="ManifestContext.Deployment"/>.</exception>
    public DeploymentOptions Deployment
    {
        get
        {
            _guard.Check();
            return _deployment;
        }
    }

    /// <summary>The application's own commands.</summary>
    internal IReadOnlyList<Command> Commands => [.. _commands];

    /// <summary>Adds a command. A command with the name <c>check</c> or <c>rewrite</c> replaces the SDK's.</summary>
    /// <param name="command">The command.</param>
    /// <returns>This command line.</returns>
    /// <exception cref="InvalidOperationException">The command line is built, so the addition would have no effect.</exception>
    public AdmissionCommandLine Add(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _guard.Check();
        _commands.Add(command);
        return this;
    }

    /// <summary>Lets <c>serve</c> take a setting of the application's own that is in no section, such as <c>--policy FILE</c>. Any other name is refused, since ASP.NET Core takes a misspelt one in silence.</summary>
    /// <param name="key">The key in the configuration, such as <c>policy</c>. Keys with a section, those of ASP.NET Core, and those that a file or a variable sets need no permission.</param>
    /// <returns>This command line.</returns>
    /// <exception cref="InvalidOperationException">The command line is built, so the addition would have no effect.</exception>
    public AdmissionCommandLine AllowSetting(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        _guard.Check();
        _settings.Add(key);
        return this;
    }

    /// <summary>Adds an object to the output of <c>manifests</c>, such as a ConfigMap that the application reads.</summary>
    /// <param name="create">Makes the object. The SDK adds the standard labels, the kind, and the namespace unless the kind is cluster-scoped.</param>
    /// <returns>This command line.</returns>
    /// <exception cref="InvalidOperationException">The command line is built, so the addition would have no effect.</exception>
    public AdmissionCommandLine AddObject(Func<ManifestContext, IKubernetesObject<V1ObjectMeta>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _guard.Check();
        _objects.Add(create);
        return this;
    }

    /// <summary>Changes the generated Deployment, for example to mount a ConfigMap.</summary>
    /// <param name="edit">The change. Changes are made last, in the order in which they were added.</param>
    /// <returns>This command line.</returns>
    /// <exception cref="InvalidOperationException">The command line is built, so the addition would have no effect.</exception>
    public AdmissionCommandLine EditDeployment(Action<V1Deployment> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _guard.Check();
        _deploymentEdits.Add(edit);
        return this;
    }

    /// <summary>Makes the context of the commands from copies, and ends the use of the builder.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    internal CommandContext CreateContext(HostEndpoints endpoints)
    {
        _guard.Close();
        return new()
        {
            Services = Services,
            Endpoints = endpoints,
            OwnSettings = [.. _settings],
            Deployment = _deployment.Copy(),
            AddedObjects = [.. _objects],
            DeploymentEdits = [.. _deploymentEdits],
        };
    }
}
