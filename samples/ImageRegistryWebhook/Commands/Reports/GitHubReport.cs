using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands.Reports;

/// <summary>Workflow commands that GitHub turns into annotations of files.</summary>
internal sealed class GitHubReport(TextWriter output) : IReport
{
    public void Add(ImageFinding finding)
    {
        if (finding.IsViolation || finding.IsNotice)
        {
            var level = finding.IsViolation ? "error" : finding.Decision == "warn" ? "warning" : "notice";
            var (file, scalar) = (Property(finding.Image.File), finding.Image.Scalar);
            output.WriteLine($"::{level} file={file},line={scalar.Line},col={scalar.Column},title={Property(finding.Rule ?? finding.Decision!)}::{Data($"{TextReport.Where(finding)}: {finding.Message}")}");
        }
    }

    public void Complete()
    {
    }

    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
