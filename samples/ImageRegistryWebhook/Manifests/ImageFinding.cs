using AdmissionSdk.CommandLine.Reports;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Manifests;

/// <summary>An image of a manifest, what it means, and what the policy says of it.</summary>
/// <param name="Image">The image.</param>
/// <param name="Reference">What it means; null if it is no reference.</param>
/// <param name="Decision">allow, warn, rewrite, deny or unknown; skipped or unrendered; null without a policy.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Rewritten">The image to use, if it is another one.</param>
/// <param name="Message">Why.</param>
internal sealed record ImageFinding(ManifestImage Image, ImageReference? Reference, string? Decision, string? Rule, string? Rewritten, string? Message)
{
    public const string Skipped = "skipped";
    public const string Unrendered = "unrendered";

    /// <summary>Whether a pod with the image would be refused, or nobody can tell.</summary>
    public bool IsViolation => Decision is "deny" or "unknown" or Unrendered;

    /// <summary>Whether there is something to say that is no violation.</summary>
    public bool IsNotice => Decision is "warn" or "rewrite";

    /// <summary>The finding as reports have it.</summary>
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
