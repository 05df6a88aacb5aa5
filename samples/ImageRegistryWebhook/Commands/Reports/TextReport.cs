using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands.Reports;

/// <summary>A line for each finding, or only for those with something to say.</summary>
internal sealed class TextReport(TextWriter output, bool all) : IReport
{
    private int _images;
    private int _violations;

    public void Add(ImageFinding finding)
    {
        _images++;
        _violations += finding.IsViolation ? 1 : 0;
        if (all || finding.IsViolation || finding.IsNotice)
        {
            output.WriteLine($"{Position(finding)}: {finding.Decision ?? (finding.Reference is null ? "invalid" : "valid")}: {Where(finding)}: {finding.Message ?? finding.Image.Scalar.Value}");
        }
    }

    public void Complete()
    {
        if (!all)
        {
            output.WriteLine($"{_images} images, {_violations} violations");
        }
    }

    public static string Position(ImageFinding finding) => $"{finding.Image.File}:{finding.Image.Scalar.Line}:{finding.Image.Scalar.Column}";

    public static string Where(ImageFinding finding) =>
        $"{finding.Image.Kind} {(finding.Image.Namespace is null ? "" : finding.Image.Namespace + "/")}{finding.Image.Name} {finding.Image.Path}";
}
