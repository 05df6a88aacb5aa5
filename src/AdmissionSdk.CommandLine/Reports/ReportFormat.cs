using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>How findings are written.</summary>
[Experimental("ADMEXP001")]
public enum ReportFormat
{
    /// <summary>A line each, for people.</summary>
    Text,

    /// <summary>A JSON array.</summary>
    Json,

    /// <summary>SARIF 2.1.0, which code hosts show beside the lines of a change.</summary>
    Sarif,

    /// <summary>JUnit XML, which build servers show as tests.</summary>
    JUnit,

    /// <summary>Workflow commands that GitHub turns into annotations of files.</summary>
    GitHub,
}
