using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Admission;

/// <summary>An image and the decision about it.</summary>
internal sealed record JudgedImage(ImageField Field, ImageDecision Decision)
{
    /// <summary>The message of a denial: field, image, rule, and an alternative if there is one.</summary>
    public string Refusal => Decision.Action == ImageAction.Rewrite
        ? $"{Field.Path}: {Field.Image} should have been rewritten to {Decision.Image} (rule {Decision.Rule}); is the mutator running?"
        : $"{Field.Path}: {Decision.Message} (rule {Decision.Rule})";

    /// <summary>The message of a warning: field and decision.</summary>
    public string Remark => $"{Field.Path}: {Decision.Message}";
}
