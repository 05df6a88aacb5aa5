using k8s;
using k8s.Models;

namespace AdmissionSdk.Testing.ApiServer;

/// <summary>A small object that every API server can be asked to create as a dry run.</summary>
internal sealed record ProbeKind(string Group, string Resource, Func<IKubernetes, string, V1ObjectMeta, CancellationToken, Task> CreateAsync)
{
    private const string DryRun = "All";
    private const string Wildcard = "*";

    private static readonly ProbeKind[] All =
    [
        new("coordination.k8s.io", "leases", (client, @namespace, metadata, token) =>
            client.CoordinationV1.CreateNamespacedLeaseAsync(new V1Lease { Metadata = metadata }, @namespace, DryRun, cancellationToken: token)),
        new("", "configmaps", (client, @namespace, metadata, token) =>
            client.CoreV1.CreateNamespacedConfigMapAsync(new V1ConfigMap { Metadata = metadata }, @namespace, DryRun, cancellationToken: token)),
        new("scheduling.k8s.io", "priorityclasses", (client, _, metadata, token) =>
            client.SchedulingV1.CreatePriorityClassAsync(new V1PriorityClass { Metadata = metadata, Value = 1 }, DryRun, cancellationToken: token)),
    ];

    /// <summary>Chooses the first kind that no rule names, so that no other webhook sees a probe; the first kind of all if rules name every kind.</summary>
    public static ProbeKind Choose(IReadOnlyList<V1RuleWithOperations> rules) =>
        All.FirstOrDefault(kind => !rules.Any(kind.IsNamedBy)) ?? All[0];

    private bool IsNamedBy(V1RuleWithOperations rule) =>
        Names(rule.ApiGroups, Group) && (Names(rule.Resources, Resource) || Names(rule.Resources, Resource + "/*") || Names(rule.Resources, "*/*"));

    private static bool Names(IEnumerable<string>? patterns, string value) => patterns?.Any(pattern => pattern == Wildcard || pattern == value) ?? false;
}
