using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Manifests;

/// <summary>An image of a manifest, its parts, and the policy's decision.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reference">The parsed image; null if the image is not a reference.</param>
/// <param name="Decision">The word <c>allow</c>, <c>warn</c>, <c>rewrite</c>, <c>deny</c>, <c>unknown</c>, <c>skipped</c> or <c>unrendered</c>; null without a policy.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Rewritten">The rewritten image; null if the image stays.</param>
/// <param name="Message">The reason.</param>
internal sealed record ImageFinding(ManifestImage Image, ImageReference? Reference, string? Decision, string? Rule, string? Rewritten, string? Message)
{
    public const string Skipped = "skipped";
    public const string Unrendered = "unrendered";

    /// <summary>True if a pod with the image would be denied, or if the decision is not known.</summary>
    public bool IsViolation => Decision is "deny" or "unknown" or Unrendered;

    /// <summary>True if the policy needs facts that are not known.</summary>
    public bool IsUndecided => Decision == "unknown";

    /// <summary>True for a warning or a rewrite, which are not violations.</summary>
    public bool IsNotice => Decision is "warn" or "rewrite";

    /// <summary>Converts to a finding of the SDK's reports.</summary>
    public Finding ToFinding() => new()
    {
        File = Image.Object.File,
        Line = Image.Scalar.Line,
        Column = Image.Scalar.Column,
        Level = IsViolation ? FindingLevel.Error : Decision == "warn" ? FindingLevel.Warning : IsNotice ? FindingLevel.Note : FindingLevel.None,
        Verdict = Decision ?? (Reference is null ? "invalid" : "valid"),
        Rule = Rule ?? Decision ?? "",
        Subject = $"{Image.Object.Title} {Image.Path}",
        Message = Message ?? Image.Scalar.Value,
    };

    /// <summary>Makes the finding of a decision.</summary>
    public static ImageFinding Of(ManifestImage image, ImageDecision decision) => new(
        image,
        decision.Reference,
        decision.Action.ToString().ToLowerInvariant(),
        decision.Rule,
        decision.Action == ImageAction.Rewrite ? decision.Image : null,
        decision.Message);
}
