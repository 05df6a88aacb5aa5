namespace AdmissionSdk.Linting;

/// <summary>How bad a finding is.</summary>
public enum LintSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Will hurt some day, or lets somebody pass.</summary>
    Warning,

    /// <summary>Can stop a cluster, or does nothing at all. <c>lint</c> ends with exit code 1.</summary>
    Error,
}
