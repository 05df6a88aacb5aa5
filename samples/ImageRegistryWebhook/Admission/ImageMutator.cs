using AdmissionSdk;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Rewrites the images of pods to the registries that the policy names. Denies nothing, since the guard does.</summary>
internal sealed class ImageMutator(ImageReviewer reviewer) : IMutator<V1Pod>
{
    public async ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        var pod = context.Object;
        // Istio's injector may run later, and looks for the placeholder.
        var fields = ReviewedImages.Of(context, pod, context.OldObject).Where(field => !IstioPlaceholder.Is(field.Container, field.Image)).ToList();
        var review = await reviewer.ReviewAsync(context, fields, pod.Metadata?.Labels, pins: true, cancellationToken);
        if (review.Failure is { } failure)
        {
            return AdmissionResult.Fail(failure);
        }

        var rewritten = review.Images.Where(image => image.Decision.Action == ImageAction.Rewrite).ToList();
        foreach (var image in rewritten)
        {
            cancellationToken.ThrowIfCancellationRequested();
            image.Field.Set(image.Decision.Image);
            Report(context, image, review.Record);
        }

        // Only images of a stored pod may change: any other change would make the update fail.
        if (context.Operation == Operation.Create)
        {
            PullSecrets.Add(pod.Spec, rewritten.SelectMany(image => image.Decision.ImagePullSecrets));
            OriginalImages.Record(pod, review, review.Record.Annotation ? rewritten : [], cancellationToken);
        }

        return AdmissionResult.Allow();
    }

    private static void Report(MutationContext<V1Pod> context, JudgedImage image, RecordSection record)
    {
        if (record.Warning)
        {
            context.Warn(image.Remark);
            foreach (var warning in image.Decision.Warnings)
            {
                context.Warn($"{image.Field.Path}: {warning}");
            }
        }

        if (record.Audit)
        {
            context.Annotate(AuditKeys.Of(image.Field, "rewritten"), $"{image.Field.Image} -> {image.Decision.Image} ({image.Decision.Rule})");
        }
    }
}
