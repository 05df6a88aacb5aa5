using ImageRegistryWebhook.Manifests;

namespace ImageRegistryWebhook.Commands.Reports;

/// <summary>Writes findings as they come, so that memory does not grow with their number.</summary>
internal interface IReport
{
    void Add(ImageFinding finding);

    /// <summary>Called once, after the last finding.</summary>
    void Complete();
}
