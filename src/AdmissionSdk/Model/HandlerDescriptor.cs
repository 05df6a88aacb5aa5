using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>One handler of a webhook, with its operations and resources.</summary>
public sealed class HandlerDescriptor
{
    private readonly ResourceTarget[] _targets;

    internal HandlerDescriptor(HandlerInvoker invoker, Operations operations, IReadOnlyList<ResourceTarget> resources)
    {
        Invoker = invoker;
        Operations = operations;
        _targets = [.. resources];
    }

    /// <summary>The type the object is read as.</summary>
    public Type ObjectType => Invoker.ObjectType;

    /// <summary>The handler's name in logs: its type, or <c>delegate</c>.</summary>
    public string Name => Invoker.Name;

    /// <summary>The operations it is registered for.</summary>
    public Operations Operations { get; }

    /// <summary>The resources it is registered for; at least one.</summary>
    public IReadOnlyList<ResourceTarget> Resources => _targets;

    /// <summary>The scope of the objects that are meant.</summary>
    public ResourceScope Scope { get; internal init; }

    internal HandlerInvoker Invoker { get; }

    /// <summary>
    /// Claims a review by group, version, resource and subresource, operation and scope, as the handler's own rules do (contract 2.1 to 2.3). Selectors are the
    /// API server's business.
    /// </summary>
    internal bool Claims(GroupVersionResource resource, string subresource, Operation operation, string @namespace)
    {
        if (((Operations & operation.Flag) == 0 && Operations != Operations.Any) || !IsInScope(resource, @namespace))
        {
            return false;
        }

        foreach (var target in _targets)
        {
            if (target.Matches(resource, subresource))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The handler with other targets.</summary>
    internal HandlerDescriptor With(IReadOnlyList<ResourceTarget> resources) => new(Invoker, Operations, resources) { Scope = Scope };

    // Contract 2.3: a review of a Namespace has the Namespace's name as its namespace, and yet counts as cluster-scoped.
    private bool IsInScope(GroupVersionResource resource, string @namespace) =>
        Scope == ResourceScope.Any
        || Scope == (@namespace.Length > 0 && resource is not { Group: "", Version: "v1", Resource: "namespaces" } ? ResourceScope.Namespaced : ResourceScope.Cluster);
}
