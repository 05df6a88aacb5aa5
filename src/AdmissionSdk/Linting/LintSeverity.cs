namespace AdmissionSdk.Linting;

/// <summary>The severity of a finding.</summary>
public enum LintSeverity
{
    /// <summary>A fact worth knowing.</summary>
    Info,

    /// <summary>A risk: will hurt some day, or lets a requester pass.</summary>
    Warning,

    /// <summary>A fault: can stop a cluster, or has no effect at all. <c>lint</c> ends with exit code 1.</summary>
    Error,
}
