using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands;

/// <summary>A report about images: JSON with the parts of each image, or one of the SDK's report formats.</summary>
internal sealed class ImageReport
{
    private const string Tool = "image-registry-webhook";

    private readonly ImageJson? _json;
    private readonly FindingReport? _findings;

    /// <summary>Makes a report.</summary>
    /// <param name="format">A name of <see cref="ReportFormat"/>.</param>
    /// <param name="output">The writer of the report.</param>
    /// <param name="all">True if the text format lists every image, allowed images included.</param>
    public ImageReport(string format, TextWriter output, bool all)
    {
        var parsed = Enum.Parse<ReportFormat>(format, ignoreCase: true);
        if (parsed == ReportFormat.Json)
        {
            _json = new ImageJson(output);
        }
        else
        {
            _findings = FindingReport.Create(parsed, output, Tool, "images", all);
        }
    }

    public void Add(ImageFinding finding)
    {
        _json?.Add(finding);
        _findings?.Add(finding.ToFinding());
    }

    /// <summary>Adds a problem of the input.</summary>
    public void Add(Finding problem)
    {
        _json?.Add(problem);
        _findings?.Add(problem);
    }

    public void Complete()
    {
        _json?.Complete();
        _findings?.Complete();
    }
}
