namespace ImageRegistryWebhook.Policies;

/// <summary>What a policy says of one image.</summary>
/// <param name="Action">What is to happen.</param>
/// <param name="Rule">The rule that decided.</param>
/// <param name="Image">The image to use: the rewritten one, else the image itself.</param>
/// <param name="Message">Why, for the user.</param>
internal sealed record ImageDecision(ImageAction Action, string Rule, string Image, string Message);
