using AdmissionSdk;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Denies pods with images that the policy forbids, or still wants rewritten after the mutator ran.</summary>
internal sealed class ImageGuard(ImageReviewer reviewer) : IValidator<V1Pod>
{
    public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        var fields = ReviewedImages.Of(context, context.Object, context.OldObject);
        var review = await reviewer.ReviewAsync(context, fields, context.Object.Metadata?.Labels, pins: false, cancellationToken);
        if (review.Failure is { } failure)
        {
            return AdmissionResult.Fail(failure);
        }

        // The mutator may have kept the image because of a response that this replica did not get.
        if (review.Images.FirstOrDefault(image => image.Decision is { Action: ImageAction.Rewrite, Unknown: not null }) is { } kept)
        {
            return AdmissionResult.Fail($"{kept.Field.Path}: {kept.Field.Image} is not rewritten, and {kept.Decision.Unknown}");
        }

        var refusals = new Refusals();
        foreach (var image in review.Images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (image.Decision.Action is ImageAction.Deny or ImageAction.Rewrite)
            {
                refusals.Add(() => image.Refusal + Hint(image));
                AuditKeys.Annotate(context, review.Record, image, "denied");
            }
            else if (image.Decision.Action == ImageAction.Warn)
            {
                context.Warn(image.Remark);
                AuditKeys.Annotate(context, review.Record, image, "warned");
            }
        }

        // Forbidden, not Invalid: kubectl prints the whole message of a denial.
        return refusals.Any ? AdmissionResult.Deny(refusals.ToString()) : AdmissionResult.Allow();
    }

    // The placeholder is not exempt here: after all mutators the kubelet would pull it.
    private static string Hint(JudgedImage image) =>
        IstioPlaceholder.Is(image.Field.Container, image.Field.Image) ? " (Istio's injector did not put its own image there)" : "";
}
