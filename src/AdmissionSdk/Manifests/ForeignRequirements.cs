using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace AdmissionSdk.Manifests;

/// <summary>
/// Finds and keeps what other hands, such as AKS's and policy engines, add to selectors: exclusions with keys that the code does not name. A requirement that
/// objects must meet is none of them: it could take every object from the webhook, and is drift. Server-side apply
/// takes a selector as one value, so an apply without them would take them out, and the other hand would put them in again, for ever.
/// </summary>
internal static class ForeignRequirements
{
    /// <summary>Remembers, across applies that make this application the owner of a selector, which requirements in it are not its own.</summary>
    public const string Annotation = "admission-sdk/others-requirements";

    private const string OwnManager = "admission-sdk";

    /// <summary>Finds the requirements that others added.</summary>
    public static IReadOnlyList<ForeignRequirement> Find(IKubernetesObject<V1ObjectMeta> code, IKubernetesObject<V1ObjectMeta>? cluster)
    {
        if (cluster is null)
        {
            return [];
        }

        var wanted = WebhookSelectors.Read(code).ToDictionary(item => (item.Webhook, item.Name), item => Keys(item.Selector));
        var remembered = Remembered(cluster);
        return
        [
            .. from item in WebhookSelectors.Read(cluster)
               where wanted.ContainsKey((item.Webhook, item.Name))
               let managers = Managers(cluster, item.Webhook, item.Name)
               from requirement in item.Selector?.MatchExpressions ?? []
               where requirement.OperatorProperty is "NotIn" or "DoesNotExist" && !wanted[(item.Webhook, item.Name)].Contains(requirement.Key)
               let found = new ForeignRequirement(item.Webhook, item.Name, requirement, managers.Length > 0 ? string.Join(", ", managers) : "another field manager")
               where managers.Length > 0 || remembered.Contains(found.Mark)
               select found,
        ];
    }

    /// <summary>Adds the requirements of others to the code's configuration, in front of an apply.</summary>
    public static void Keep(IKubernetesObject<V1ObjectMeta> code, IKubernetesObject<V1ObjectMeta>? cluster)
    {
        var foreign = Find(code, cluster);
        if (foreign.Count == 0)
        {
            return;
        }

        foreach (var (webhook, name, selector, set) in WebhookSelectors.Read(code).ToList())
        {
            var added = foreign.Where(item => item.Webhook == webhook && item.Selector == name).ToList();
            if (added.Count > 0)
            {
                var live = WebhookSelectors.Read(cluster).First(item => item.Webhook == webhook && item.Name == name).Selector;
                set(new V1LabelSelector
                {
                    MatchLabels = selector?.MatchLabels,
                    MatchExpressions = Order([.. selector?.MatchExpressions ?? [], .. added.Select(item => item.Requirement)], live),
                });
            }
        }

        code.Metadata.Annotations = new Dictionary<string, string>(code.Metadata.Annotations ?? new Dictionary<string, string>())
        {
            [Annotation] = string.Join(' ', foreign.Select(item => item.Mark).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
        };
    }

    // The order of the cluster, so that an apply of the same set writes nothing.
    private static List<V1LabelSelectorRequirement> Order(List<V1LabelSelectorRequirement> all, V1LabelSelector? cluster)
    {
        List<V1LabelSelectorRequirement> ordered = [];
        foreach (var live in cluster?.MatchExpressions ?? [])
        {
            if (all.Find(item => SelectorSet.AreSame(item, live)) is { } same)
            {
                all.Remove(same);
                ordered.Add(live);
            }
        }

        ordered.AddRange(all);
        return ordered;
    }

    private static HashSet<string> Keys(V1LabelSelector? selector) =>
        [.. (selector?.MatchLabels ?? new Dictionary<string, string>()).Keys, .. (selector?.MatchExpressions ?? []).Select(item => item.Key)];

    private static HashSet<string> Remembered(IKubernetesObject<V1ObjectMeta> cluster) =>
        cluster.Metadata.Annotations?.TryGetValue(Annotation, out var text) == true ? [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : [];

    private static string[] Managers(IKubernetesObject<V1ObjectMeta> cluster, string webhook, string selector) =>
    [
        .. (from entry in cluster.Metadata.ManagedFields ?? []
            where entry.Manager != OwnManager && entry.FieldsV1 is not null
            where Owns(JsonNode.Parse(KubernetesJson.Serialize(entry.FieldsV1)), webhook, selector)
            select entry.Manager).Distinct(StringComparer.Ordinal),
    ];

    // A selector is one value to server-side apply, so that its owners own all of it.
    private static bool Owns(JsonNode? fields, string webhook, string selector) =>
        fields?["f:webhooks"] is JsonObject webhooks
        && webhooks.Any(item => item.Key.StartsWith("k:", StringComparison.Ordinal) && (string?)JsonNode.Parse(item.Key[2..])?["name"] == webhook
            && item.Value?[$"f:{selector}"] is not null);
}
