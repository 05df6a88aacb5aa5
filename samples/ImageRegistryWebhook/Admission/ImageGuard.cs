using AdmissionSdk;
using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Refuses pods whose images the policy forbids, or still wants rewritten after the mutator had its turn.</summary>
internal sealed class ImageGuard(IImagePolicy policy) : IValidator<V1Pod>
{
    public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        foreach (var field in ReviewedImages.Of(context, context.Object, context.OldObject))
        {
            var decision = policy.Decide(field.Image);
            switch (decision.Action)
            {
                case ImageAction.Deny:
                    errors.Add(new FieldError(field.Path, $"{decision.Message} (rule {decision.Rule})"));
                    break;
                case ImageAction.Rewrite:
                    errors.Add(new FieldError(
                        field.Path, $"{field.Image} should have been rewritten to {decision.Image} (rule {decision.Rule}); is the mutator running?"));
                    break;
                case ImageAction.Warn:
                    context.Warn($"{field.Path}: {decision.Message}");
                    break;
            }
        }

        // Forbidden, not Invalid: kubectl prints the message of a denial whole.
        return errors.Count == 0
            ? AdmissionResult.Allow()
            : AdmissionResult.Deny(string.Join("; ", errors.Select(error => $"{error.Field}: {error.Message}")));
    }
}
