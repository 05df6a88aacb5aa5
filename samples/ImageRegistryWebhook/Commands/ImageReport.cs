using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands;

/// <summary>A report about images: JSON with what each of them is, every other format as all tools on the SDK have it.</summary>
internal sealed class ImageReport
{
    private const string Tool = "image-registry-webhook";

    private readonly ImageJson? _json;
    private readonly FindingReport? _findings;

    /// <summary>Makes a report.</summary>
    /// <param name="format">A name of <see cref="ReportFormat"/>.</param>
    /// <param name="output">Where it is written.</param>
    /// <param name="all">Whether text tells of every image.</param>
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

    /// <summary>Adds what is wrong with the input itself.</summary>
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
