namespace AdmissionSdk;

/// <summary>Whether a rule also catches the same resource under another API group or version.</summary>
public enum MatchPolicy
{
    /// <summary>The request is converted to the version in the rule. Kubernetes' default, and safe when a version is added later.</summary>
    Equivalent,

    /// <summary>Only the very group and version in the rule. Whoever uses another version of the API passes by.</summary>
    Exact,
}
