using AdmissionSdk.Cluster;
using AdmissionSdk.Testing.Lookups;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Simulation;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

#pragma warning disable IDE0130 // The types that a newcomer needs are in one namespace.
namespace AdmissionSdk.Testing;
#pragma warning restore IDE0130

/// <summary>
/// Both look-ups for tests, over objects in memory or over those of a <see cref="SimulatedApiServer"/>. Handlers run the same calls of KubernetesClient as in
/// a cluster. An object that was not added does not exist, until <see cref="Disconnect"/> makes everything unknown.
/// </summary>
/// <remarks>Answers <c>get</c> and <c>list</c>, lists with label selectors too; a watch, a field selector or a write is unknown.</remarks>
public sealed class FakeCluster : INamespaceLookup, IClusterLookup
{
    private readonly SimulatedApiServer _server;
    private readonly IKubernetes _client;
    private volatile string? _unknown;

    /// <summary>Makes a cluster with the namespaces default, kube-system, kube-public and kube-node-lease.</summary>
    public FakeCluster()
        : this(new SimulatedApiServer())
    {
    }

    /// <summary>Makes look-ups that find what a simulated API server stores, so that a handler sees the objects that a test created before.</summary>
    /// <param name="server">The server.</param>
    public FakeCluster(SimulatedApiServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        _server = server;
        _client = ObjectSourceHandler.Connect(new SimulatedObjects(server));
    }

    /// <summary>Adds a namespace, or sets the labels of a namespace. The label <c>kubernetes.io/metadata.name</c> is added automatically.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="labels">The labels; null for no labels.</param>
    /// <returns>This cluster.</returns>
    public FakeCluster AddNamespace(string name, IReadOnlyDictionary<string, string>? labels = null)
    {
        _server.AddNamespace(name, labels);
        return this;
    }

    /// <summary>Adds objects, and their namespaces.</summary>
    /// <param name="yaml">The objects, as YAML or JSON.</param>
    /// <returns>This cluster.</returns>
    /// <exception cref="ArgumentException">The resource of an object is not known: a custom resource needs its definition (<see cref="SimulatedApiServer.AddCustomResourceDefinition"/>).</exception>
    public FakeCluster Add(string yaml)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        foreach (var json in TestObjectReader.ReadAll(yaml))
        {
            _server.Store(json);
        }

        return this;
    }

    /// <summary>Adds an object, and the object's namespace.</summary>
    /// <param name="model">The object.</param>
    /// <returns>This cluster.</returns>
    public FakeCluster Add(IKubernetesObject model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _server.Store(model);
        return this;
    }

    /// <summary>Makes every look-up unknown, as if the API server were not reachable.</summary>
    /// <param name="reason">The reason that handlers see; null connects again.</param>
    public void Disconnect(string? reason = "the API server could not be asked") => _unknown = reason;

    /// <summary>Registers this object for both look-ups, whatever the application registers: nothing asks another cluster.</summary>
    /// <param name="services">The services of the application under test, such as those that <see cref="AdmissionTestHost"/> starts.</param>
    public void AddTo(IServiceCollection services)
    {
        services.RemoveAll<INamespaceLookup>();
        services.RemoveAll<IClusterLookup>();
        services.AddSingleton<INamespaceLookup>(this);
        services.AddSingleton<IClusterLookup>(this);
    }

    /// <inheritdoc/>
    public async ValueTask<LookupResult<NamespaceLabels>> GetAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return await GetAsync(
            async (client, token) => NamespaceStore.Labels(await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: token)), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<LookupResult<T>> GetAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> get, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(get);
        cancellationToken.ThrowIfCancellationRequested();
        return _unknown is { } reason ? LookupResult<T>.Unknown(reason) : await ClusterLookup.AskAsync(token => get(_client, token), TimeSpan.Zero, cancellationToken, cancellationToken);
    }
}
