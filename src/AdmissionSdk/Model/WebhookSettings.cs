using AdmissionSdk.Registration;
using k8s.Models;

namespace AdmissionSdk.Model;

/// <summary>What one source says of a webhook's part in the cluster; null is silence. Sources lie over one another: attribute, builder, configuration.</summary>
internal sealed record ClusterSettings
{
    public FailurePolicy? FailurePolicy { get; init; }

    public MatchPolicy? MatchPolicy { get; init; }

    public SideEffects? SideEffects { get; init; }

    public ReinvocationPolicy? ReinvocationPolicy { get; init; }

    public TimeSpan? Timeout { get; init; }

    public V1LabelSelector? NamespaceSelector { get; init; }

    public V1LabelSelector? ObjectSelector { get; init; }

    public IReadOnlyList<MatchCondition>? MatchConditions { get; init; }

    public IReadOnlyList<string>? ReviewVersions { get; init; }

    public int? Order { get; init; }

    public bool? ExemptsNamespaces { get; init; }

    public IReadOnlyList<string>? ExemptNamespaces { get; init; }

    /// <summary>These settings, and where they are silent those of the weaker source.</summary>
    public ClusterSettings Over(ClusterSettings weaker) => new()
    {
        FailurePolicy = FailurePolicy ?? weaker.FailurePolicy,
        MatchPolicy = MatchPolicy ?? weaker.MatchPolicy,
        SideEffects = SideEffects ?? weaker.SideEffects,
        ReinvocationPolicy = ReinvocationPolicy ?? weaker.ReinvocationPolicy,
        Timeout = Timeout ?? weaker.Timeout,
        NamespaceSelector = NamespaceSelector ?? weaker.NamespaceSelector,
        ObjectSelector = ObjectSelector ?? weaker.ObjectSelector,
        MatchConditions = MatchConditions ?? weaker.MatchConditions,
        ReviewVersions = ReviewVersions ?? weaker.ReviewVersions,
        Order = Order ?? weaker.Order,
        ExemptsNamespaces = ExemptsNamespaces ?? weaker.ExemptsNamespaces,
        ExemptNamespaces = ExemptNamespaces ?? weaker.ExemptNamespaces,
    };
}
