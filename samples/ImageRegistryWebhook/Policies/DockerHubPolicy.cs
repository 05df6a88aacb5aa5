using ImageRegistryWebhook.Images;
using Microsoft.Extensions.Options;

namespace ImageRegistryWebhook.Policies;

/// <summary>Images of Docker Hub come from a registry of ours; everything else is let through with a warning.</summary>
internal sealed class DockerHubPolicy(IOptions<RegistryOptions> options) : IImagePolicy
{
    private readonly string _target = options.Value.Target.TrimEnd('/');

    public ImageDecision Decide(string image)
    {
        if (!ImageReference.TryParse(image, out var reference, out var error))
        {
            return new(ImageAction.Deny, "valid-reference", image, $"\"{image}\" is not an image reference: {error}");
        }

        if (reference.Host.IsDockerHub)
        {
            var rewritten = $"{_target}/{reference.Path}{reference.Suffix}";
            return new(ImageAction.Rewrite, "docker-hub", rewritten, $"{image} is pulled from {rewritten}");
        }

        return $"{reference.Domain}/{reference.Path}".StartsWith(_target + "/", StringComparison.Ordinal)
            ? new(ImageAction.Allow, "approved", image, $"{image} is on the approved registry")
            : new(ImageAction.Warn, "others", image, $"{image} is not on the approved registry {_target}");
    }
}
