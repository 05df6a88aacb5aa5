using AdmissionSdk.CommandLine.Conditions;
using AdmissionSdk.Hosting;
using AdmissionSdk.Registration;
using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.CommandLine.Context;

/// <summary>The built application as its commands see it.</summary>
internal sealed class CommandContext
{
    /// <summary>The application's services; the application is built, not started.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The application's endpoints, which review objects without a server.</summary>
    public required HostEndpoints Endpoints { get; init; }

    /// <summary>The look of the Deployment, before a command's options.</summary>
    public required DeploymentOptions Deployment { get; init; }

    /// <summary>The settings without a section that <c>serve</c> takes as options.</summary>
    public required IReadOnlyList<string> OwnSettings { get; init; }

    /// <summary>Factories of the objects that the application adds to its installation.</summary>
    public required IReadOnlyList<Func<ManifestContext, IKubernetesObject<V1ObjectMeta>>> AddedObjects { get; init; }

    /// <summary>The application's changes of the generated Deployment, in order.</summary>
    public required IReadOnlyList<Action<V1Deployment>> DeploymentEdits { get; init; }

    /// <summary>Gets the application's webhooks.</summary>
    /// <param name="mayBeEmpty">True for a command about objects that an earlier version of the application left in a cluster.</param>
    /// <exception cref="CommandException">The application has no webhooks.</exception>
    public WebhookRegistry GetRegistry(bool mayBeEmpty = false)
    {
        var registry = Services.GetService<WebhookRegistry>()
            ?? throw new CommandException("the application has no admission webhooks: call builder.Services.AddAdmissionWebhooks() in Program.cs.");
        registry.ConditionJudge ??= new CelConditionJudge();
        CommandException.ThrowIfAny(FindRouteProblems());
        return mayBeEmpty || registry.Webhooks.Count > 0
            ? registry
            : throw new CommandException("the application has no admission webhooks: add a webhook with AddMutator, AddValidator, AddMutatingWebhook or AddValidatingWebhook in Program.cs.");
    }

    /// <summary>Finds webhooks that are served elsewhere than registered.</summary>
    public IReadOnlyList<string> FindRouteProblems()
    {
        // Groups are put together when somebody asks for the endpoints.
        _ = Endpoints.Sources.Sum(source => source.Endpoints.Count);
        return Services.GetService<MappedState>()?.FindProblems() ?? [];
    }
}
