namespace AdmissionSdk;

/// <summary>
/// Says on a handler's class what its webhook asks of the API server. The weakest of the three sources: what the builder is told wins over the
/// attribute, and configuration wins over both. Two handlers of one webhook must not disagree.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AdmissionWebhookAttribute : Attribute
{
    /// <summary>What the API server does when it gets no answer.</summary>
    /// <value>The default is <see cref="AdmissionSdk.FailurePolicy.Fail"/>.</value>
    public FailurePolicy FailurePolicy { get => FailurePolicyOrNull ?? default; set => FailurePolicyOrNull = value; }

    /// <summary>Whether rules also catch the same resource under another group or version.</summary>
    /// <value>The default is <see cref="AdmissionSdk.MatchPolicy.Equivalent"/>.</value>
    public MatchPolicy MatchPolicy { get => MatchPolicyOrNull ?? default; set => MatchPolicyOrNull = value; }

    /// <summary>Whether a call changes anything outside the object.</summary>
    /// <value>The default is <see cref="AdmissionSdk.SideEffects.None"/>.</value>
    public SideEffects SideEffects { get => SideEffectsOrNull ?? default; set => SideEffectsOrNull = value; }

    /// <summary>Whether a mutating webhook is called again after later changes; not for validators.</summary>
    /// <value>The default is <see cref="AdmissionSdk.ReinvocationPolicy.Never"/>.</value>
    public ReinvocationPolicy ReinvocationPolicy { get => ReinvocationPolicyOrNull ?? default; set => ReinvocationPolicyOrNull = value; }

    /// <summary>How long the API server waits, in seconds, 1 to 30.</summary>
    /// <value>The default is 0: <see cref="AdmissionWebhookOptions.DefaultTimeout"/>.</value>
    public int TimeoutSeconds { get; set; }

    /// <summary>Which namespaces' objects, as kubectl writes selectors: <c>team=web,stage in (test,prod),!legacy</c>.</summary>
    /// <value>The default is null: all that are not exempt.</value>
    public string? NamespaceSelector { get; set; }

    /// <summary>Which objects by their own labels, as kubectl writes selectors. Users choose those labels.</summary>
    /// <value>The default is null: all.</value>
    public string? ObjectSelector { get; set; }

    internal FailurePolicy? FailurePolicyOrNull { get; private set; }

    internal MatchPolicy? MatchPolicyOrNull { get; private set; }

    internal SideEffects? SideEffectsOrNull { get; private set; }

    internal ReinvocationPolicy? ReinvocationPolicyOrNull { get; private set; }
}
