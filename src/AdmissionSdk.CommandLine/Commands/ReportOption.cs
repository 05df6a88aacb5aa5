using System.CommandLine;
using AdmissionSdk.CommandLine.Reports;

namespace AdmissionSdk.CommandLine.Commands;

/// <summary>Creates the option for the format of a report, with the description that all commands share.</summary>
internal static class ReportOption
{
    public static Option<ReportFormat> Create() =>
        new("--output", "-o") { Description = "The format of the findings. Default: text.", HelpName = "text|json|sarif|junit|github", CustomParser = OptionValue.ParseWord<ReportFormat> };
}
