namespace AdmissionSdk;

/// <summary>The response of a webhook when a review reaches its path and no handler claims the resource and operation.</summary>
public enum UnmatchedPolicy
{
    /// <summary>HTTP 500, so that failurePolicy decides. The default of validating webhooks.</summary>
    Fail,

    /// <summary>Allow, unchanged. The default of mutating webhooks.</summary>
    Allow,

    /// <summary>Refuse the request.</summary>
    Deny,
}
