using AdmissionSdk;
using ImageRegistryWebhook.Images;
using ImageRegistryWebhook.Policies;
using k8s;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>
/// Warns about or denies a workload for the images of its pod template. The guard changes nothing, so that GitOps tools see no drift, and does not replace
/// the guard of pods. A rewrite of a pod's image is a warning here.
/// </summary>
internal sealed class WorkloadGuard<T>(ImageReviewer reviewer, WorkloadOptions options) : IValidator<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<T> context, CancellationToken cancellationToken)
    {
        // The owner was reviewed before, and the pods will be reviewed.
        if (WorkloadOwner.IsReviewed(context.User, context.Object.Metadata))
        {
            return AdmissionResult.Allow();
        }

        var (template, path) = WorkloadTemplate.Of(context.Object);
        var old = context.Operation == Operation.Update ? WorkloadTemplate.Of(context.OldObject).Template : null;
        var fields = PodImages.ChangedIn(template?.Spec, old?.Spec, path + ".spec").Where(field => !IstioPlaceholder.Is(field.Container, field.Image)).ToList();
        var review = await reviewer.ReviewAsync(context, fields, template?.Metadata?.Labels, pins: true, cancellationToken);
        if (review.Failure is { } failure)
        {
            return AdmissionResult.Fail(failure);
        }

        var refusals = new Refusals();
        foreach (var image in review.Images.Where(image => image.Decision.Action != ImageAction.Allow))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (image.Decision.Action != ImageAction.Deny)
            {
                context.Warn(image.Remark);
            }
            else if (options.Mode == WorkloadMode.Warn)
            {
                context.Warn(image.Refusal);
            }
            else
            {
                refusals.Add(() => image.Refusal);
                AuditKeys.Annotate(context, review.Record, image, "denied");
            }
        }

        return refusals.Any ? AdmissionResult.Deny(refusals.ToString()) : AdmissionResult.Allow();
    }
}
