using System.Globalization;
using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Resources;
using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Admission;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The state that the verbs share: the catalog, the store, the webhooks and the two admission phases.</summary>
internal sealed class ServerCore
{
    private readonly List<WebhookDefinition> _webhooks = [];
    private readonly Dictionary<string, TimeSpan> _latencies = new(StringComparer.Ordinal);
    private readonly MutatingDispatcher _mutating;
    private readonly ValidatingDispatcher _validating;

    public ServerCore(SimulatedApiServerOptions options)
    {
        Options = options;
        Behaviour = new ServerBehaviour(options.KubernetesVersion);
        Converter = new ObjectConverter(options.Convert);
        Store = new ObjectStore(Converter);
        Bodies = new BodyDecoder(options, Behaviour);
        var matcher = new WebhookMatcher(Catalog, FindNamespace, new MatchVariables(Converter, options.Authorize), Behaviour);
        Conditions = new ConditionCompiler(Behaviour, options.Authorize is not null);
        var patcher = new ObjectPatcher(options, Converter, new PatchedKind(Catalog), SetDefaults);
        var services = new DispatchParts(options, Behaviour, matcher, new SimulatedWebhookCaller(Converter), patcher, name => _latencies.GetValueOrDefault(name));
        _mutating = new MutatingDispatcher(services);
        _validating = new ValidatingDispatcher(services);
    }

    public SimulatedApiServerOptions Options { get; }

    /// <summary>The rules of the version as which the server behaves.</summary>
    public ServerBehaviour Behaviour { get; }

    /// <summary>Compiles the match conditions of webhooks.</summary>
    public ConditionCompiler Conditions { get; }

    public ResourceCatalog Catalog { get; } = new();

    public ObjectConverter Converter { get; }

    public ObjectStore Store { get; }

    public BodyDecoder Bodies { get; }

    /// <summary>Adds webhooks. A configuration of the same phase and name is replaced; the others keep their byte-wise order (contract 1.7).</summary>
    public void AddWebhooks(IReadOnlyList<WebhookDefinition> webhooks)
    {
        _webhooks.RemoveAll(old => webhooks.Any(webhook => webhook.Mutating == old.Mutating && webhook.Configuration == old.Configuration));
        _webhooks.AddRange(webhooks);
    }

    /// <summary>Finds the first free name: the given name, or the name with a number.</summary>
    public string FreeName(string name) =>
        Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{i}"))
            .First(candidate => !_webhooks.Exists(webhook => webhook.Configuration == candidate));

    public void RemoveWebhooks(HttpMessageInvoker app) => _webhooks.RemoveAll(webhook => webhook.App == app);

    public void RemoveWebhooks(string configuration) => _webhooks.RemoveAll(webhook => webhook.Configuration == configuration);

    public void SetLatency(string webhook, TimeSpan latency) => _latencies[webhook] = latency;

    public JsonObject? FindNamespace(string name) => Store.Find(Catalog.ByName("namespaces"), "", name);

    public Task MutateAsync(AdmissionAttributes attributes, RequestScope scope)
    {
        if (Options.NamespaceLifecycle)
        {
            NamespaceLifecyclePlugin.Check(attributes, FindNamespace, Catalog.ByName("namespaces"), Behaviour);
        }

        return _mutating.RunAsync(Webhooks(mutating: true), attributes, scope);
    }

    public Task ValidateAsync(AdmissionAttributes attributes, RequestScope scope) => _validating.RunAsync(Webhooks(mutating: false), attributes, scope);

    public void SetDefaults(JsonObject json, AdmissionAttributes attributes)
    {
        if (attributes.Kind.Kind == attributes.Resource.Kind)
        {
            SetDefaults(json, attributes.Resource);
        }
    }

    public void SetDefaults(JsonObject json, ResourceInfo resource)
    {
        if (resource.Typed)
        {
            MetadataRules.DropEmpty(json);
        }

        StructuralSchema.Default(json, resource.Schema);
        if (resource.IsNamespaces && json.Name().Length > 0 && Behaviour.LabelsNamespaces)
        {
            // Users cannot change the label, and a selector may rely on the label (contract 2.6).
            var labels = json.EnsureMetadata()["labels"] as JsonObject ?? [];
            labels["kubernetes.io/metadata.name"] = json.Name();
            json.EnsureMetadata()["labels"] = labels.Parent is null ? labels : labels.DeepClone();
        }

        Options.Default?.Invoke(json);
    }

    /// <summary>Runs the caller's preparation and validation, between the two phases (contract 1.2).</summary>
    /// <exception cref="ApiStatusException">The validation has causes: 422.</exception>
    public void PrepareAndValidate(ResourceInfo resource, JsonObject json, JsonObject? old)
    {
        Options.PrepareForStorage?.Invoke(json);
        var causes = Options.Validate?.Invoke(json.Clone(), old?.Clone()).ToList();
        if (causes is { Count: > 0 })
        {
            throw Statuses.Invalid(resource, json.Name(), causes);
        }
    }

    public string Now(TimeSpan ahead = default) => (Options.TimeProvider.GetUtcNow() + ahead).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private List<WebhookDefinition> Webhooks(bool mutating) =>
        [.. _webhooks.Where(webhook => webhook.Mutating == mutating).OrderBy(webhook => webhook.Configuration, StringComparer.Ordinal)];
}
