namespace AdmissionSdk;

/// <summary>What a validating webhook's decisions lead to. Lets a new policy run in a cluster before it can stop anything.</summary>
public enum EnforcementMode
{
    /// <summary>Decisions count. The default.</summary>
    Enforce,

    /// <summary>Deny and Fail become Allow; the user is warned of what would have happened.</summary>
    Warn,

    /// <summary>Deny and Fail become Allow; the API server's audit log has what would have happened, and the user sees nothing of it.</summary>
    Audit,
}
