using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Configuration;
using AdmissionSdk.Testing.Simulation.Dispatch;
using AdmissionSdk.Testing.Simulation.Json;
using AdmissionSdk.Testing.Simulation.Matching;
using AdmissionSdk.Testing.Simulation.Resources;
using AdmissionSdk.Testing.Simulation.Results;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>What the verbs share: the catalog, the store, the webhooks and the two admission phases.</summary>
internal sealed class ServerCore
{
    private readonly List<WebhookDefinition> _hooks = [];
    private readonly Dictionary<string, TimeSpan> _latencies = new(StringComparer.Ordinal);
    private readonly MutatingDispatcher _mutating;
    private readonly ValidatingDispatcher _validating;

    public ServerCore(SimulatedApiServerOptions options)
    {
        Options = options;
        Converter = new ObjectConverter(options.Convert);
        Store = new ObjectStore(Converter);
        var matcher = new HookMatcher(Catalog, FindNamespace, Converter, options.MatchConditions);
        var patcher = new ObjectPatcher(options, Converter, SetDefaults);
        var services = new DispatchServices(options, matcher, new WebhookCaller(Converter), patcher, name => _latencies.GetValueOrDefault(name));
        _mutating = new MutatingDispatcher(services);
        _validating = new ValidatingDispatcher(services);
    }

    public SimulatedApiServerOptions Options { get; }

    public ResourceCatalog Catalog { get; } = new();

    public ObjectConverter Converter { get; }

    public ObjectStore Store { get; }

    /// <summary>A configuration of the same phase and name is replaced; the rest keep their byte-wise order (contract 1.7).</summary>
    public void AddHooks(IReadOnlyList<WebhookDefinition> hooks)
    {
        _hooks.RemoveAll(old => hooks.Any(hook => hook.Mutating == old.Mutating && hook.Configuration == old.Configuration));
        _hooks.AddRange(hooks);
    }

    public void RemoveHooks(string configuration) => _hooks.RemoveAll(hook => hook.Configuration == configuration);

    public void SetLatency(string webhook, TimeSpan latency) => _latencies[webhook] = latency;

    public Task MutateAsync(AdmissionAttributes attributes, RequestScope scope) => _mutating.RunAsync(Hooks(mutating: true), attributes, scope);

    public Task ValidateAsync(AdmissionAttributes attributes, RequestScope scope) => _validating.RunAsync(Hooks(mutating: false), attributes, scope);

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
        if (resource.IsNamespaces && json.Name().Length > 0)
        {
            // Users cannot change this label, and a selector may rely on it (contract 2.6).
            var labels = json.EnsureMetadata()["labels"] as JsonObject ?? [];
            labels["kubernetes.io/metadata.name"] = json.Name();
            json.EnsureMetadata()["labels"] = labels.Parent is null ? labels : labels.DeepClone();
        }
        Options.Default?.Invoke(json);
    }

    /// <summary>The caller's validation, between the two phases (contract 1.2).</summary>
    /// <exception cref="ApiStatusException">It has objections: 422.</exception>
    public void Validate(ResourceInfo resource, JsonObject json, JsonObject? old)
    {
        var causes = Options.Validate?.Invoke(json.Clone(), old?.Clone()).ToList();
        if (causes is { Count: > 0 })
        {
            throw Statuses.Invalid(resource, json.Name(), causes);
        }
    }

    public void PrepareForStorage(ResourceInfo resource, JsonObject json)
    {
        StructuralSchema.Prune(json, resource.Schema);
        Options.PrepareForStorage?.Invoke(json);
    }

    public string Now() => Options.TimeProvider.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    private JsonObject? FindNamespace(string name) => Store.Find(Catalog.ByName("namespaces"), "", name);

    private List<WebhookDefinition> Hooks(bool mutating)
        => [.. _hooks.Where(hook => hook.Mutating == mutating).OrderBy(hook => hook.Configuration, StringComparer.Ordinal)];
}
