using System.CommandLine;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>The option for the format of a report, as every command describes the option.</summary>
internal static class ReportOption
{
    public static Option<ReportFormat> Create() =>
        new("--output", "-o") { Description = "The format of the findings. Default: text.", HelpName = "text|json|sarif|junit|github" };
}
