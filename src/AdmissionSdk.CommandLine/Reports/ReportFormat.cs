using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>The format of a report.</summary>
[Experimental("ADMEXP001")]
public enum ReportFormat
{
    /// <summary>A line for each finding, for people.</summary>
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
