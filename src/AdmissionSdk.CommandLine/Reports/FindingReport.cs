using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes findings one by one, so that memory does not grow with the number of findings, if the format allows.</summary>
[Experimental("ADMEXP001")]
public abstract class FindingReport
{
    private protected FindingReport()
    {
    }

    /// <summary>Creates a report.</summary>
    /// <param name="format">The format.</param>
    /// <param name="output">The writer for the report.</param>
    /// <param name="tool">The name of the tool, for formats with such a name.</param>
    /// <param name="things">The plural of the counted things, such as <c>images</c>, for formats with a count.</param>
    /// <param name="all">True for a text with the findings of level <see cref="FindingLevel.None"/> too, and without the counts.</param>
    /// <returns>The report; <see cref="Complete"/> ends it.</returns>
    public static FindingReport Create(ReportFormat format, TextWriter output, string tool, string things, bool all = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        return Create(format, output, tool, things, all, ReportPaths.Create());
    }

    /// <summary>Creates a report of a repository.</summary>
    internal static FindingReport Create(ReportFormat format, TextWriter output, string tool, string things, bool all, ReportPaths paths) => format switch
    {
        ReportFormat.Json => new JsonReport(output),
        ReportFormat.Sarif => new SarifReport(output, tool, paths),
        ReportFormat.JUnit => new JUnitReport(output, tool),
        ReportFormat.GitHub => new GitHubReport(output, paths),
        _ => new TextReport(output, things, all),
    };

    /// <summary>Writes a finding.</summary>
    /// <param name="finding">The finding.</param>
    public abstract void Add(Finding finding);

    /// <summary>Writes the end of the report. Call this method once.</summary>
    public abstract void Complete();
}
