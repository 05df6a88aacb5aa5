using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;
using AdmissionSdk.Testing.Rules.Versions;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.Simulation.Configuration;

/// <summary>Reads webhook configurations, applies the v1 defaults (contract 19.1) and refuses configurations that the API server would refuse (contract 19).</summary>
internal static class ConfigurationReader
{
    private const string MutatingKind = "MutatingWebhookConfiguration";
    private const string ValidatingKind = "ValidatingWebhookConfiguration";

    /// <summary>Reads the webhook configurations among the objects. Objects of other kinds are passed over.</summary>
    /// <exception cref="ArgumentException">The objects hold no configuration, or an invalid one. The message lists every violation.</exception>
    public static IReadOnlyList<WebhookDefinition> Read(IEnumerable<JsonObject> objects, HttpMessageInvoker app, ConditionCompiler compiler, ServerBehaviour behaviour)
    {
        var configurations = objects.SelectMany(Flatten).Where(IsConfiguration).ToList();
        if (configurations.Count == 0)
        {
            throw new ArgumentException($"No {MutatingKind} or {ValidatingKind} was given.", nameof(objects));
        }

        var violations = new List<string>();
        var definitions = new List<WebhookDefinition>();
        foreach (var configuration in configurations)
        {
            Read(configuration, new Reading(app, compiler, behaviour), violations, definitions);
        }

        return violations.Count == 0
            ? definitions
            : throw new ArgumentException($"The API server would refuse the webhook configuration:{Environment.NewLine}- {string.Join($"{Environment.NewLine}- ", violations)}", nameof(objects));
    }

    private static void Read(JsonObject configuration, Reading reading, List<string> violations, List<WebhookDefinition> definitions)
    {
        var mutating = configuration.Text("kind") == MutatingKind;
        var entries = (configuration["webhooks"] as JsonArray ?? [])
            .Select(entry => KubernetesJson.Deserialize<V1MutatingWebhook>(entry?.ToJsonString() ?? "{}")).ToList();
        if (!reading.Behaviour.KnowsMatchConditions)
        {
            entries.ForEach(entry => entry.MatchConditions = null);
        }

        violations.AddRange(new ConfigurationValidator(configuration.Name(), mutating, reading.Compiler).Validate(entries));
        if (violations.Count > 0)
        {
            return;
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var duplicate = seen.GetValueOrDefault(entry.Name);
            seen[entry.Name] = duplicate + 1;
            definitions.Add(Define(entry, mutating, configuration.Name(), duplicate, reading.App) with { Conditions = reading.Compiler.Compile(entry.MatchConditions) });
        }
    }

    private static WebhookDefinition Define(V1MutatingWebhook entry, bool mutating, string configuration, int duplicate, HttpMessageInvoker app) => new()
    {
        Mutating = mutating,
        Configuration = configuration,
        Name = entry.Name,
        DuplicateIndex = duplicate,
        ClientConfig = entry.ClientConfig,
        Rules = [.. entry.Rules ?? []],
        IgnoresFailures = entry.FailurePolicy == "Ignore",
        Equivalent = entry.MatchPolicy is null or "Equivalent",
        NamespaceSelector = entry.NamespaceSelector,
        ObjectSelector = entry.ObjectSelector,
        Timeout = TimeSpan.FromSeconds(entry.TimeoutSeconds ?? 10),
        ReinvokeIfNeeded = entry.ReinvocationPolicy == "IfNeeded",
        SideEffects = entry.SideEffects,
        ReviewVersions = [.. entry.AdmissionReviewVersions],
        App = app,
    };

    private sealed record Reading(HttpMessageInvoker App, ConditionCompiler Compiler, ServerBehaviour Behaviour);

    private static IEnumerable<JsonObject> Flatten(JsonObject json) =>
        json.Text("kind") is "List" && json["items"] is JsonArray items ? items.OfType<JsonObject>() : [json];

    private static bool IsConfiguration(JsonObject json) =>
        json.Text("apiVersion") == "admissionregistration.k8s.io/v1" && json.Text("kind") is (MutatingKind or ValidatingKind);
}
