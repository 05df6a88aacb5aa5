using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Compares the configuration of the code with that of the cluster, after the API server's defaults. The property of others is left out: labels and annotations
/// that the code does not set, a CA bundle that something else fills in, and exclusions that others put into selectors.
/// </summary>
internal static class ConfigurationDrift
{
    /// <summary>Compares one configuration.</summary>
    /// <param name="code">The configuration of the code, as <see cref="WebhookConfigurations.Create(Registration.WebhookRegistry, ManifestOptions)"/> makes it.</param>
    /// <param name="cluster">The configuration in the cluster; null if it is missing there.</param>
    /// <returns>Every field that differs; empty without drift.</returns>
    public static IReadOnlyList<FieldDrift> Compare(IKubernetesObject<V1ObjectMeta> code, IKubernetesObject<V1ObjectMeta>? cluster)
    {
        ArgumentNullException.ThrowIfNull(code);
        var subject = $"{code.Kind}/{code.Metadata.Name}";
        var wanted = ToJson(code);
        if (cluster is null)
        {
            return [new FieldDrift(subject, "", JsonDrift.Text(wanted), null)];
        }

        var actual = ToJson(cluster);
        LeaveOutWhatOthersOwn(wanted, actual);
        LeaveOutRequirements(actual, ForeignRequirements.Find(code, cluster));
        AlignSelectors(wanted, actual);
        List<FieldDrift> drifts = [];
        JsonDrift.Compare(subject, "", wanted, actual, drifts);
        var (ours, theirs) = (Names(wanted).Intersect(Names(actual), StringComparer.Ordinal), Names(actual).Intersect(Names(wanted), StringComparer.Ordinal));
        if (!ours.SequenceEqual(theirs, StringComparer.Ordinal))
        {
            drifts.Add(new FieldDrift(subject, "the order of webhooks", string.Join(", ", ours), string.Join(", ", theirs)));
        }

        return drifts;
    }

    private static JsonObject ToJson(IKubernetesObject<V1ObjectMeta> configuration)
    {
        var json = JsonNode.Parse(KubernetesJson.Serialize(configuration))!;
        IKubernetesObject<V1ObjectMeta> copy = configuration is V1MutatingWebhookConfiguration
            ? KubernetesJson.Deserialize<V1MutatingWebhookConfiguration>(json.ToJsonString())
            : KubernetesJson.Deserialize<V1ValidatingWebhookConfiguration>(json.ToJsonString());
        WebhookConfigurations.AddDefaults(copy);
        var all = JsonNode.Parse(KubernetesJson.Serialize(copy))!;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["labels"] = all["metadata"]?["labels"]?.DeepClone() ?? new JsonObject(),
                ["annotations"] = all["metadata"]?["annotations"]?.DeepClone() ?? new JsonObject(),
            },
            ["webhooks"] = all["webhooks"]?.DeepClone() ?? new JsonArray(),
        };
    }

    private static void LeaveOutWhatOthersOwn(JsonObject wanted, JsonObject actual)
    {
        // Helm says that it manages what it installs, and still installs what the code says.
        wanted["metadata"]!["labels"]!.AsObject().Remove("app.kubernetes.io/managed-by");
        foreach (var map in new[] { "labels", "annotations" })
        {
            var (ours, theirs) = (wanted["metadata"]![map]!.AsObject(), actual["metadata"]![map]!.AsObject());
            foreach (var (key, _) in theirs.Where(item => !ours.ContainsKey(item.Key)).ToList())
            {
                theirs.Remove(key);
            }
        }

        var filledByOthers = Webhooks(wanted)
            .Where(webhook => webhook["clientConfig"]?["caBundle"] is null).Select(webhook => (string?)webhook["name"]).ToHashSet(StringComparer.Ordinal);
        foreach (var webhook in Webhooks(actual).Where(webhook => filledByOthers.Contains((string?)webhook["name"])))
        {
            (webhook["clientConfig"] as JsonObject)?.Remove("caBundle");
        }
    }

    private static void LeaveOutRequirements(JsonObject actual, IReadOnlyList<ForeignRequirement> foreign)
    {
        foreach (var requirement in foreign)
        {
            var webhook = Webhooks(actual).First(item => (string?)item["name"] == requirement.Webhook);
            if (webhook[requirement.Selector]?["matchExpressions"] is JsonArray expressions)
            {
                expressions.RemoveAll(item => (string?)item?["key"] == requirement.Requirement.Key);
            }
        }
    }

    private static void AlignSelectors(JsonObject wanted, JsonObject actual)
    {
        foreach (var webhook in Webhooks(actual))
        {
            var code = Webhooks(wanted).FirstOrDefault(item => (string?)item["name"] == (string?)webhook["name"]);
            foreach (var name in new[] { WebhookSelectors.Namespaces, WebhookSelectors.Objects })
            {
                SelectorSet.Align(code?[name] as JsonObject, webhook[name] as JsonObject);
            }
        }
    }

    private static IEnumerable<JsonObject> Webhooks(JsonObject configuration) => configuration["webhooks"]!.AsArray().OfType<JsonObject>();

    private static IEnumerable<string> Names(JsonObject configuration) => Webhooks(configuration).Select(webhook => (string)webhook["name"]!);
}
