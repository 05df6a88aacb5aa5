namespace AdmissionSdk.CommandLine.Commands;

/// <summary>How findings are written.</summary>
internal enum LintFormat
{
    /// <summary>One line a finding.</summary>
    Text,

    /// <summary>A JSON array.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,
}
