namespace AdmissionSdk.CommandLine.Reports;

/// <summary>Workflow commands that GitHub turns into annotations of files.</summary>
internal sealed class GitHubReport(TextWriter output) : FindingReport
{
    public override void Add(Finding finding)
    {
        if (finding.Level != FindingLevel.None)
        {
            var level = finding.Level switch { FindingLevel.Error => "error", FindingLevel.Warning => "warning", _ => "notice" };
            output.WriteLine($"::{level} file={Property(finding.File)},line={finding.Line},col={finding.Column},title={Property(finding.Rule)}::{Data(finding.Text)}");
        }
    }

    public override void Complete()
    {
    }

    // Encoded first, so that the line breaks survive; what else drives a terminal does not.
    private static string Data(string text) => SafeText.ToLine(
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal));

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
