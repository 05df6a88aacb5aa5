namespace AdmissionSdk;

/// <summary>The treatment of the same resource under another API group or version than the rule's.</summary>
public enum MatchPolicy
{
    /// <summary>The request is converted to the version in the rule. Kubernetes' default, and safe when a version is added later.</summary>
    Equivalent,

    /// <summary>Only the very group and version in the rule match. Requests for another version of the API pass by.</summary>
    Exact,
}
