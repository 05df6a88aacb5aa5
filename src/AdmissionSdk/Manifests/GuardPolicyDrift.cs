using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>Compares a guard policy, or its binding, of the code with that of the cluster, after the API server's defaults.</summary>
internal static class GuardPolicyDrift
{
    /// <summary>Compares one object.</summary>
    /// <param name="code">The object of the code, as <see cref="GuardPolicies"/> makes it.</param>
    /// <param name="cluster">The object in the cluster; null if it is missing there.</param>
    /// <returns>Every field that differs; empty without drift.</returns>
    public static IReadOnlyList<FieldDrift> Compare(IKubernetesObject<V1ObjectMeta> code, IKubernetesObject<V1ObjectMeta>? cluster)
    {
        var subject = $"{code.Kind}/{code.Metadata.Name}";
        var wanted = ToJson(code);
        if (cluster is null)
        {
            return [new FieldDrift(subject, "", JsonDrift.Text(wanted), null)];
        }

        var actual = ToJson(cluster);
        LeaveOutLabelsOfOthers(wanted, actual);
        List<FieldDrift> drifts = [];
        JsonDrift.Compare(subject, "", wanted, actual, drifts);
        if (Variables(wanted) is var ours && Variables(actual) is var theirs && ours.Order(StringComparer.Ordinal).SequenceEqual(theirs.Order(StringComparer.Ordinal)) && !ours.SequenceEqual(theirs))
        {
            drifts.Add(new FieldDrift(subject, "the order of variables", string.Join(", ", ours), string.Join(", ", theirs)));
        }

        return drifts;
    }

    private static JsonObject ToJson(IKubernetesObject<V1ObjectMeta> item)
    {
        var all = JsonNode.Parse(KubernetesJson.Serialize(item))!;
        var spec = all["spec"]?.DeepClone().AsObject() ?? [];
        if (spec["matchConstraints"] is JsonObject match)
        {
            spec["failurePolicy"] ??= nameof(FailurePolicy.Fail);
            match["matchPolicy"] ??= nameof(MatchPolicy.Equivalent);
            match["namespaceSelector"] ??= new JsonObject();
            match["objectSelector"] ??= new JsonObject();
            foreach (var rule in match["resourceRules"]?.AsArray() ?? [])
            {
                rule!["scope"] ??= "*";
            }
        }

        return new JsonObject { ["metadata"] = new JsonObject { ["labels"] = all["metadata"]?["labels"]?.DeepClone() ?? new JsonObject() }, ["spec"] = spec };
    }

    private static void LeaveOutLabelsOfOthers(JsonObject wanted, JsonObject actual)
    {
        var (ours, theirs) = (wanted["metadata"]!["labels"]!.AsObject(), actual["metadata"]!["labels"]!.AsObject());

        // Helm says that it manages what it installs.
        ours.Remove("app.kubernetes.io/managed-by");
        foreach (var key in theirs.Select(label => label.Key).Where(key => !ours.ContainsKey(key)).ToList())
        {
            theirs.Remove(key);
        }
    }

    private static List<string> Variables(JsonObject item) => [.. (item["spec"]!["variables"]?.AsArray() ?? []).Select(variable => (string)variable!["name"]!)];
}
