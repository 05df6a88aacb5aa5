namespace AdmissionSdk;

/// <summary>The effect of a validating webhook's decisions. A new policy can run in a cluster before it can stop anything.</summary>
public enum EnforcementMode
{
    /// <summary>Decisions count. The default.</summary>
    Enforce,

    /// <summary>Deny and Fail become Allow; the user is warned of the decision that would have counted.</summary>
    Warn,

    /// <summary>Deny and Fail become Allow; the API server's audit log has the decision that would have counted, and the user sees nothing.</summary>
    Audit,
}
