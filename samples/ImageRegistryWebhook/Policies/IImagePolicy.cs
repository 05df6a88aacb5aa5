namespace ImageRegistryWebhook.Policies;

/// <summary>Decides about images. One function for mutating, for validating, and at build time.</summary>
internal interface IImagePolicy
{
    /// <summary>Decides about one image as it is written in a pod.</summary>
    ImageDecision Decide(string image);
}
