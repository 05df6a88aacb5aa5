using System.CommandLine;
using AdmissionSdk.CommandLine.Context;
using k8s;
using k8s.Models;

namespace AdmissionSdk.CommandLine;

/// <summary>Collects the commands and objects that an application adds to the command line of its host.</summary>
public sealed class AdmissionCommandLine
{
    private readonly List<Command> _commands = [];
    private readonly List<Func<ManifestContext, IKubernetesObject<V1ObjectMeta>>> _objects = [];
    private readonly List<Action<V1Deployment>> _deploymentEdits = [];

    internal AdmissionCommandLine(IServiceProvider services) => Services = services;

    /// <summary>The application's services. The application is built, not started.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The look of the generated Deployment and of the objects around it.</summary>
    public DeploymentOptions Deployment { get; } = new();

    /// <summary>The application's own commands.</summary>
    internal IReadOnlyList<Command> Commands => _commands;

    /// <summary>Adds a command. A command with the name <c>check</c> or <c>rewrite</c> replaces the SDK's.</summary>
    /// <param name="command">The command.</param>
    /// <returns>This command line.</returns>
    public AdmissionCommandLine Add(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        _commands.Add(command);
        return this;
    }

    /// <summary>Adds an object to the output of <c>manifests</c>, such as a ConfigMap that the application reads.</summary>
    /// <param name="create">Makes the object. The SDK adds the standard labels, the kind, and the namespace unless the kind is cluster-scoped.</param>
    /// <returns>This command line.</returns>
    public AdmissionCommandLine AddObject(Func<ManifestContext, IKubernetesObject<V1ObjectMeta>> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _objects.Add(create);
        return this;
    }

    /// <summary>Changes the generated Deployment, for example to mount a ConfigMap.</summary>
    /// <param name="edit">The change. Changes are made last, in the order in which they were added.</param>
    /// <returns>This command line.</returns>
    public AdmissionCommandLine EditDeployment(Action<V1Deployment> edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        _deploymentEdits.Add(edit);
        return this;
    }

    /// <summary>Makes the context of the commands.</summary>
    /// <param name="endpoints">The application's endpoints.</param>
    internal CommandContext CreateContext(HostEndpoints endpoints) => new()
    {
        Services = Services,
        Endpoints = endpoints,
        Deployment = Deployment,
        AddedObjects = _objects,
        DeploymentEdits = _deploymentEdits,
    };
}
