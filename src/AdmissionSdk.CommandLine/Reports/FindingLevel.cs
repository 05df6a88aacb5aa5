using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>How bad a finding is.</summary>
[Experimental("ADMEXP001")]
public enum FindingLevel
{
    /// <summary>Nothing is wrong; only counted.</summary>
    None,

    /// <summary>Something to know.</summary>
    Note,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something that must change.</summary>
    Error,
}
