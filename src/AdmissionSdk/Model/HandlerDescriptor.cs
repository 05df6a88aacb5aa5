using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>One handler of a webhook, with its operations and resources.</summary>
public sealed class HandlerDescriptor
{
    internal HandlerDescriptor(HandlerInvoker invoker, Operations operations, IReadOnlyList<ResourceTarget> resources)
    {
        Invoker = invoker;
        Operations = operations;
        Resources = resources;
    }

    /// <summary>The type the object is read as.</summary>
    public Type ObjectType => Invoker.ObjectType;

    /// <summary>The handler's name in logs: its type, or <c>delegate</c>.</summary>
    public string Name => Invoker.Name;

    /// <summary>The operations it is registered for.</summary>
    public Operations Operations { get; }

    /// <summary>The resources it is registered for; at least one.</summary>
    public IReadOnlyList<ResourceTarget> Resources { get; }

    /// <summary>The scope of the objects that are meant.</summary>
    public ResourceScope Scope { get; internal init; }

    internal HandlerInvoker Invoker { get; }

    /// <summary>Claims a review by group, resource and subresource, then operation (contract 5.1). Selectors are the API server's business.</summary>
    internal bool Claims(GroupVersionResource resource, string subResource, Operation operation)
    {
        if ((Operations & operation.Flag) == 0 && Operations != Operations.All)
        {
            return false;
        }

        foreach (var target in Resources)
        {
            if (target.Matches(resource, subResource))
            {
                return true;
            }
        }

        return false;
    }
}
