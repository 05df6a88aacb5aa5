using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Admission;

/// <summary>An image and what the policy says of it.</summary>
internal sealed record JudgedImage(ImageField Field, ImageDecision Decision)
{
    /// <summary>Why the image may not be used: field, image, rule, and what to use instead.</summary>
    public string Refusal => Decision.Action == ImageAction.Rewrite
        ? $"{Field.Path}: {Field.Image} should have been rewritten to {Decision.Image} (rule {Decision.Rule}); is the mutator running?"
        : $"{Field.Path}: {Decision.Message} (rule {Decision.Rule})";

    /// <summary>What the policy makes of the image, or advises against.</summary>
    public string Remark => $"{Field.Path}: {Decision.Message}";
}
