using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Hosting;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Verbs;
using k8s;

namespace AdmissionSdk.Testing.Simulation;

/// <summary>
/// An API server in memory, modelled on Kubernetes 1.20 to 1.37, that treats webhooks as kube-apiserver does: matching, order, patches,
/// reinvocation, dry run, deadlines, failurePolicy, warnings, messages. Requests return the object as admission leaves it, or the Status that the
/// user would get. Defaults, validation and preparation for storage are delegates of <see cref="SimulatedApiServerOptions"/>.
/// </summary>
/// <remarks>
/// The simulator does not model: managedFields, authorization (match conditions ask <see cref="SimulatedApiServerOptions.Authorize"/>), quota, conversion webhooks,
/// strategic merge patches, ownership in server-side apply, retries on name collisions, webhooks from manifest files, metrics, controllers
/// (a deleted namespace stays terminating, an orphaning delete pending), which fields a resize or finalize may change, the selector in a
/// Scale's status, and the time until a configuration takes effect: the effect is immediate.
/// </remarks>
public sealed partial class SimulatedApiServer
{
    private readonly ServerCore _core;

    /// <summary>Creates a server with the namespaces default, kube-system, kube-public and kube-node-lease, and no webhooks.</summary>
    /// <param name="options">The server's behaviour around admission. Null for the defaults.</param>
    public SimulatedApiServer(SimulatedApiServerOptions? options = null)
    {
        _core = new ServerCore(options ?? new SimulatedApiServerOptions());
        foreach (var name in new[] { "default", "kube-system", "kube-public", "kube-node-lease" })
        {
            AddNamespace(name);
        }
    }

    /// <summary>Registers the webhooks of one application. A later call adds another application, or replaces a configuration of the same name.</summary>
    /// <param name="app">
    /// Reaches the application: a test server's client, or any handler. A client with a BaseAddress is called at that address, with the path, query
    /// and Host of the configuration; another invoker gets the configuration's URL.
    /// </param>
    /// <param name="configurations">Webhook configurations as YAML or JSON. Objects of other kinds, such as the rest of the manifests, are passed over.</param>
    /// <exception cref="ArgumentException">The API server would refuse a configuration (contract 19); the message lists every violation.</exception>
    public void RegisterWebhooks(HttpMessageInvoker app, string configurations)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(configurations);
        Register(app, TestObjectReader.ReadAll(configurations));
    }

    /// <summary>Registers the webhooks of one application.</summary>
    /// <param name="app">Reaches the application, as in the other overload.</param>
    /// <param name="configurations">V1MutatingWebhookConfiguration and V1ValidatingWebhookConfiguration objects.</param>
    /// <exception cref="ArgumentException">The API server would refuse a configuration; the message lists every violation.</exception>
    public void RegisterWebhooks(HttpMessageInvoker app, params IKubernetesObject[] configurations)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(configurations);
        Register(app, configurations.Select(TestObjectReader.FromModel));
    }

    /// <summary>
    /// Registers the webhooks of an application, with generated configurations. The configurations have the generated name, with a
    /// number behind the name if another application has the same name, as all hosts of one test project do. A second call for the same host
    /// replaces the first.
    /// </summary>
    /// <param name="app">The application under test.</param>
    /// <exception cref="InvalidOperationException">The host was made from an HttpClient, so the host's registration is not known; use another overload.</exception>
    public void RegisterWebhooks(AdmissionTestHost app) => RegisterHost(app, null);

    /// <summary>Registers the webhooks of an application under a name. The API server calls the webhooks of several applications in the order of these names.</summary>
    /// <param name="app">The application under test.</param>
    /// <param name="name">The name of the application's configurations.</param>
    /// <exception cref="InvalidOperationException">The host was made from an HttpClient, so the host's registration is not known; use another overload.</exception>
    public void RegisterWebhooks(AdmissionTestHost app, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        RegisterHost(app, name);
    }

    /// <summary>Removes the configurations of a name.</summary>
    /// <param name="name">The configuration's name.</param>
    public void RemoveConfiguration(string name) => _core.RemoveWebhooks(name);

    /// <summary>
    /// Declares the duration of every call of a webhook, in virtual time. Without a declaration a call takes no virtual time, however long the application
    /// really takes: a request that must time out needs a declared latency.
    /// </summary>
    /// <param name="webhook">The webhook's name.</param>
    /// <param name="latency">The time. At or beyond the webhook's timeout the call fails with "context deadline exceeded".</param>
    public void SetLatency(string webhook, TimeSpan latency) => _core.SetLatency(webhook, latency);

    /// <summary>Adds a namespace, or sets the labels of a namespace. The label <c>kubernetes.io/metadata.name</c> is added automatically.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="labels">The labels. Null for no labels.</param>
    public void AddNamespace(string name, IReadOnlyDictionary<string, string>? labels = null) =>
        Store(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = new JsonObject((labels ?? new Dictionary<string, string>()).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            },
            ["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") },
            ["status"] = new JsonObject { ["phase"] = "Active" },
        });

    /// <summary>Serves a custom resource: all its versions, with the defaults and the pruning of their schemas.</summary>
    /// <param name="definition">A CustomResourceDefinition, as YAML or JSON.</param>
    public void AddCustomResourceDefinition(string definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _core.Catalog.AddCustomResourceDefinition(TestObjectReader.Read(definition));
    }

    /// <summary>Serves a further resource, or a further version of a resource.</summary>
    /// <param name="apiVersion">The version, such as <c>apps/v1beta1</c>.</param>
    /// <param name="kind">The kind, such as <c>Deployment</c>.</param>
    /// <param name="plural">The plural, such as <c>deployments</c>.</param>
    /// <param name="namespaced">True if the resource lives in namespaces.</param>
    /// <param name="equivalentTo">A resource with the same objects in another version, such as <c>deployments.apps</c>. Null: the resource of the same group and plural.</param>
    public void AddResource(string apiVersion, string kind, string plural, bool namespaced, string? equivalentTo = null)
    {
        var (group, version) = ResourceCatalog.SplitApiVersion(apiVersion);
        var resource = new ResourceInfo(group, version, kind, plural, namespaced);
        _core.Catalog.Add(equivalentTo is null ? resource : resource with { EquivalenceKey = _core.Catalog.ByName(equivalentTo).EquivalenceKey });
    }

    /// <summary>Puts an object, and the object's namespace, into the store without admission.</summary>
    /// <param name="jsonOrYaml">The object.</param>
    public void Store(string jsonOrYaml) => Store(TestObjectReader.Read(jsonOrYaml));

    /// <summary>Puts an object into the store without admission.</summary>
    /// <param name="model">The object.</param>
    public void Store(IKubernetesObject model) => Store(TestObjectReader.FromModel(model));

    /// <summary>Puts an object into the store without admission.</summary>
    /// <param name="json">The object.</param>
    public void Store(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var stored = json.Clone();
        var resource = _core.Catalog.ByKind(stored.Text("apiVersion"), stored.Text("kind"));
        var metadata = stored.EnsureMetadata();
        if (resource.Namespaced)
        {
            metadata["namespace"] = stored.Namespace() is { Length: > 0 } own ? own : "default";
            if (_core.FindNamespace(stored.Namespace()) is null)
            {
                AddNamespace(stored.Namespace());
            }
        }

        metadata["uid"] ??= Guid.NewGuid().ToString();
        metadata["creationTimestamp"] ??= _core.Now();
        _core.SetDefaults(stored, resource);
        _core.Store.Put(resource, stored);
    }

    /// <summary>Finds a stored object.</summary>
    /// <param name="resource">The resource, such as <c>pods</c> or <c>deployments.apps</c>.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="namespace">The object's namespace. Default <c>default</c>; ignored for cluster-scoped resources.</param>
    /// <returns>A copy; null if the object is not stored.</returns>
    public JsonObject? Find(string resource, string name, string @namespace = "default") =>
        _core.Store.Find(_core.Catalog.ByName(resource), @namespace, name);

    /// <summary>Finds a stored object by its path; null if the object, or its resource, does not exist.</summary>
    internal JsonObject? Find(string group, string version, string resource, string @namespace, string name) =>
        _core.Catalog.Find(group, version, resource) is { } found ? _core.Store.Find(found, @namespace, name) : null;

    /// <summary>Lists stored objects, in all namespaces if none is named.</summary>
    internal IReadOnlyList<JsonObject> List(string group, string version, string resource, string @namespace) =>
        _core.Catalog.Find(group, version, resource) is { } found ? _core.Store.List(found, @namespace) : [];

    private void RegisterHost(AdmissionTestHost app, string? name)
    {
        ArgumentNullException.ThrowIfNull(app);
        var configurations = RegisteredWebhooks.Configurations(app.Services).Select(TestObjectReader.FromModel).ToList();
        _core.RemoveWebhooks(app.Client);
        foreach (var configuration in configurations)
        {
            configuration.EnsureMetadata()["name"] = name ?? _core.FreeName(configuration.Name());
        }

        Register(app.Client, configurations);
    }

    private void Register(HttpMessageInvoker app, IEnumerable<JsonObject> configurations) =>
        _core.AddWebhooks(ConfigurationReader.Read(configurations, app, _core.Conditions, _core.Behaviour));
}
