using AdmissionSdk.CommandLine.Yaml;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Manifests;

/// <summary>Applies the policy to images of manifests: the webhook's decisions, and checks of values that occur only in manifests.</summary>
internal sealed class ImageJudge(PolicyEngine? engine, ImageManifestContext context, ManifestNamespaceLabels labels)
{
    public ImageFinding Judge(ManifestImage image)
    {
        var text = image.Scalar.Value;
        if (text.Contains("{{", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal))
        {
            return new ImageFinding(image, null, ImageFinding.Unrendered, null, null, $"\"{text}\" is a template that was not rendered; render it first");
        }

        if (image.Scalar.Kind != YamlScalarKind.String)
        {
            return new ImageFinding(image, null, "deny", PolicyRuleNames.Invalid, null, image.Scalar.Kind == YamlScalarKind.Tagged
                ? $"{text} has the tag {image.Scalar.Tag}, by which it can stand for another image; write the image itself"
                : $"{text} is not a string in YAML, and Kubernetes refuses it; put it in quotes");
        }

        if (IstioPlaceholder.Is(image.Container, text))
        {
            _ = ImageReference.TryParse(text, out var auto, out _);
            return new ImageFinding(image, auto, ImageFinding.Skipped, null, null, "Istio puts its own image here");
        }

        if (engine is not null)
        {
            var @namespace = image.Object.Namespace ?? context.Namespace;
            return ImageFinding.Of(image, engine.Decide(new ImageContext(text)
            {
                Namespace = @namespace,
                NamespaceLabels = (@namespace == context.Namespace ? context.NamespaceLabels : null) ?? labels.Find(@namespace),
                PodLabels = image.PodLabels,
                Container = image.Container,
                User = context.User,
            }));
        }

        _ = ImageReference.TryParse(text, out var reference, out var error);
        return new ImageFinding(image, reference, null, null, null, error);
    }
}
