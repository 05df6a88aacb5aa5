namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Writes workflow commands, which GitHub turns into annotations of files.</summary>
internal sealed class GitHubReport(TextWriter output, ReportPaths paths) : FindingReport
{
    public override void Add(Finding finding)
    {
        if (finding.Level != FindingLevel.None)
        {
            var level = finding.Level switch { FindingLevel.Error => "error", FindingLevel.Warning => "warning", _ => "notice" };
            output.WriteLine($"::{level} file={ToProperty(paths.Find(finding))},line={finding.Line},col={finding.Column},title={ToProperty(finding.Rule)}::{ToData(finding.Text)}");
        }
    }

    public override void Complete()
    {
    }

    // The line breaks of a file's name are encoded first and survive.
    private static string ToData(string text) => SafeText.ToLine(
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal));

    private static string ToProperty(string text) => ToData(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
