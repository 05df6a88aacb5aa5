using k8s.Models;

namespace AdmissionSdk.Registration;

/// <content>The settings that are written into the cluster: those of the code under those of the configuration when the application was built.</content>
public sealed partial class WebhookDescriptor
{
    /// <summary>The API server's response when it does not get one from the webhook.</summary>
    public FailurePolicy FailurePolicy => Registered.FailurePolicy!.Value;

    /// <summary>The timeout written into the cluster: the configured one, else <see cref="Timeout"/>.</summary>
    public TimeSpan RegisteredTimeout => Registered.Timeout!.Value;

    /// <summary>The API server's treatment of the same resource under another group or version.</summary>
    public MatchPolicy MatchPolicy => Registered.MatchPolicy!.Value;

    /// <summary>The effects of a call outside the object.</summary>
    public SideEffects SideEffects => Registered.SideEffects!.Value;

    /// <summary>The choice of a mutating webhook to be called again after later changes.</summary>
    public ReinvocationPolicy ReinvocationPolicy => Registered.ReinvocationPolicy!.Value;

    /// <summary>The AdmissionReview versions the API server may send, the preferred one first.</summary>
    public IReadOnlyList<string> ReviewVersions => Registered.ReviewVersions!;

    /// <summary>The namespaces whose objects are meant, without the exemptions; null for all.</summary>
    internal V1LabelSelector? NamespaceSelector => Registered.NamespaceSelector;

    /// <summary>The objects that are meant, by their own labels; null for all.</summary>
    internal V1LabelSelector? ObjectSelector => Registered.ObjectSelector;

    /// <summary>CEL expressions that must all be true.</summary>
    public IReadOnlyList<MatchCondition> MatchConditions => Registered.MatchConditions!;

    /// <summary>The webhook's place among the application's others of its type; lower comes first.</summary>
    public int Order => Registered.Order!.Value;

    /// <summary>True if the webhook's own namespace and kube-system are exempt.</summary>
    public bool HasDefaultExemptions => Registered.ExemptsNamespaces!.Value;

    /// <summary>More exempt namespaces.</summary>
    public IReadOnlyList<string> ExemptNamespaces => Registered.ExemptNamespaces!;

    /// <summary>The policy that the API server judges by itself, beside the webhook; null without one. Made when it is first read.</summary>
    public GuardPolicy? GuardPolicy => Guard?.Value;

    /// <summary>True if the webhook has a guard policy; the policy is not made yet.</summary>
    internal bool HasGuardPolicy => Guard is not null;

    internal Lazy<GuardPolicy>? Guard { get; init; }

    /// <summary>Ids of linter rules that are broken here on purpose, each with its reason.</summary>
    public IReadOnlyDictionary<string, string> AcceptedFindings { get; internal init; } = new Dictionary<string, string>();
}
