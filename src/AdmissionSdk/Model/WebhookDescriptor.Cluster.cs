using AdmissionSdk.Model;
using k8s.Models;

namespace AdmissionSdk.Registration;

/// <content>What is written into the cluster: attribute under builder under configuration, as read when the application was built.</content>
public sealed partial class WebhookDescriptor
{
    /// <summary>What the API server does when it gets no answer.</summary>
    public FailurePolicy FailurePolicy => Cluster.FailurePolicy ?? AdmissionSdk.FailurePolicy.Fail;

    /// <summary>The timeout written into the cluster, in seconds: the configured one, else <see cref="Timeout"/>.</summary>
    public TimeSpan RegisteredTimeout => Cluster.Timeout ?? Timeout;

    /// <summary>Whether rules also catch the same resource under another group or version.</summary>
    public MatchPolicy MatchPolicy => Cluster.MatchPolicy ?? AdmissionSdk.MatchPolicy.Equivalent;

    /// <summary>Whether a call changes anything outside the object.</summary>
    public SideEffects SideEffects => Cluster.SideEffects ?? AdmissionSdk.SideEffects.None;

    /// <summary>Whether a mutating webhook is called again after later changes.</summary>
    public ReinvocationPolicy ReinvocationPolicy => Cluster.ReinvocationPolicy ?? AdmissionSdk.ReinvocationPolicy.Never;

    /// <summary>The AdmissionReview versions the API server may send, the preferred one first.</summary>
    public IReadOnlyList<string> ReviewVersions => Cluster.ReviewVersions ?? ["v1"];

    /// <summary>Which namespaces' objects, without the exemptions; null for all.</summary>
    public V1LabelSelector? NamespaceSelector => Cluster.NamespaceSelector;

    /// <summary>Which objects by their own labels; null for all.</summary>
    public V1LabelSelector? ObjectSelector => Cluster.ObjectSelector;

    /// <summary>CEL expressions that must all be true.</summary>
    public IReadOnlyList<MatchCondition> MatchConditions => Cluster.MatchConditions ?? [];

    /// <summary>The webhook's place among the application's others of its type; lower comes first.</summary>
    public int Order => Cluster.Order ?? 0;

    /// <summary>Whether the webhook's own namespace and kube-system are exempt.</summary>
    public bool HasDefaultExemptions => Cluster.ExemptsNamespaces ?? true;

    /// <summary>More exempt namespaces.</summary>
    public IReadOnlyList<string> ExemptNamespaces => Cluster.ExemptNamespaces ?? [];

    /// <summary>Ids of linter rules that are meant to be broken here, and why.</summary>
    public IReadOnlyDictionary<string, string> AcceptedFindings { get; init; } = new Dictionary<string, string>();

    internal ClusterSettings Cluster { get; init; } = new();
}
