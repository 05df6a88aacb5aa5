using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>The severity of a finding.</summary>
[Experimental("ADMEXP001")]
public enum FindingLevel
{
    /// <summary>A result without a problem, which is only counted.</summary>
    None,

    /// <summary>A fact to know.</summary>
    Note,

    /// <summary>A problem to look at.</summary>
    Warning,

    /// <summary>A violation, which must change.</summary>
    Error,
}
