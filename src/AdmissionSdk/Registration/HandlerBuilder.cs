using AdmissionSdk.Model;

namespace AdmissionSdk.Registration;

/// <summary>Sets the operations and resources of one handler.</summary>
public sealed class HandlerBuilder
{
    private readonly HashSet<string> _subResources = new(StringComparer.Ordinal);
    private readonly List<ResourceTarget> _explicit = [];
    private readonly Operations _defaultOperations;
    private readonly BuildGuard _guard = new("The rule of a handler");
    private Operations? _operations;
    private ResourceScope _scope;

    internal HandlerBuilder(Operations defaultOperations) => _defaultOperations = defaultOperations;

    /// <summary>Registers for these operations. Without this call: a mutator's CREATE, a validator's CREATE and UPDATE.</summary>
    /// <param name="operations">The operations.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="operations"/> is none, or has unknown flags.</exception>
    public HandlerBuilder On(Operations operations)
    {
        if (operations == Operations.None || (operations & ~Operations.All) != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(operations), operations, "Name at least one of Create, Update, Delete, Connect.");
        }

        _guard.Check();
        _operations = operations;
        return this;
    }

    /// <summary>Registers for a resource by name. Needed when the handler's type does not say its plural (Scale, Eviction, <c>JsonObject</c>, …); may be called again for more resources.</summary>
    /// <param name="group">The API group; empty for the core group, <c>*</c> for all.</param>
    /// <param name="version">The API version; <c>*</c> for all.</param>
    /// <param name="resource">The plural, lower-case resource; <c>*</c> for all.</param>
    /// <param name="subResource">The subresource; empty (the default) for the resource itself, <c>*</c> for the resource and all its subresources.</param>
    /// <returns>This builder.</returns>
    public HandlerBuilder Resource(string group, string version, string resource, string subResource = "")
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentException.ThrowIfNullOrWhiteSpace(resource);
        ArgumentNullException.ThrowIfNull(subResource);
        _guard.Check();
        _explicit.Add(new ResourceTarget(group, version, resource, subResource) { IsVersionExact = true });
        return this;
    }

    /// <summary>Registers for subresources too, beside the resource itself, such as <c>ephemeralcontainers</c> of pods.</summary>
    /// <param name="subResources">The subresources whose objects have the handler's type.</param>
    /// <returns>This builder.</returns>
    public HandlerBuilder Subresource(params IReadOnlyList<string> subResources)
    {
        ArgumentNullException.ThrowIfNull(subResources);
        _guard.Check();
        foreach (var subResource in subResources)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(subResource, nameof(subResources));
            _subResources.Add(subResource);
        }

        return this;
    }

    /// <summary>Registers only for cluster-scoped or only for namespaced objects. The API server decides by it; the handler sees what the API server sends.</summary>
    /// <param name="scope">Default <see cref="ResourceScope.Any"/>.</param>
    /// <returns>This builder.</returns>
    public HandlerBuilder Scope(ResourceScope scope)
    {
        _guard.Check();
        _scope = scope;
        return this;
    }

    /// <summary>The handler with what was set here, else the default operations and the type's own resource.</summary>
    internal HandlerDescriptor Build(HandlerInvoker invoker)
    {
        _guard.Close();
        return new(invoker, _operations ?? _defaultOperations, BuildTargets(invoker.ObjectType)) { Scope = _scope };
    }

    /// <summary>Each resource with the subresources asked for. Empty if no resource was named and the type does not have a known plural.</summary>
    private IReadOnlyList<ResourceTarget> BuildTargets(Type objectType)
    {
        IReadOnlyList<ResourceTarget> roots = _explicit.Count > 0 ? _explicit
            : KnownResources.TryGet(objectType) is { } known ? [known]
            : [];
        return
        [
            .. roots,
            .. from root in roots
               where root.SubResource.Length == 0
               from subResource in _subResources.Order(StringComparer.Ordinal)
               select root with { SubResource = subResource },
        ];
    }
}
