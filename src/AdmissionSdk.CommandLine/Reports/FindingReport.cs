using System.Diagnostics.CodeAnalysis;

namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes findings as they come, so that memory does not grow with their number where the format allows it.</summary>
[Experimental("ADMEXP001")]
public abstract class FindingReport
{
    private protected FindingReport()
    {
    }

    /// <summary>Makes a report.</summary>
    /// <param name="format">The format.</param>
    /// <param name="output">Where it is written.</param>
    /// <param name="tool">What the tool is called, in formats that say so.</param>
    /// <param name="things">What is counted, in the plural, in formats that say so: <c>images</c>.</param>
    /// <param name="all">Whether text tells of findings of level <see cref="FindingLevel.None"/> too, and counts nothing.</param>
    /// <returns>The report; <see cref="Complete"/> ends it.</returns>
    public static FindingReport Create(ReportFormat format, TextWriter output, string tool, string things, bool all = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        return format switch
        {
            ReportFormat.Json => new JsonReport(output),
            ReportFormat.Sarif => new SarifReport(output, tool),
            ReportFormat.JUnit => new JUnitReport(output, tool),
            ReportFormat.GitHub => new GitHubReport(output),
            _ => new TextReport(output, things, all),
        };
    }

    /// <summary>Writes a finding.</summary>
    /// <param name="finding">The finding.</param>
    public abstract void Add(Finding finding);

    /// <summary>Writes what comes last. To be called once.</summary>
    public abstract void Complete();
}
