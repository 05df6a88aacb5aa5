using AdmissionSdk;
using ImageRegistryWebhook.Policies;
using k8s.Models;

namespace ImageRegistryWebhook.Admission;

/// <summary>Rewrites the images of pods to where the policy says they are to be pulled from. Refuses nothing: that is the guard's business.</summary>
internal sealed class ImageMutator(IImagePolicy policy) : IMutator<V1Pod>
{
    public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        foreach (var field in ReviewedImages.Of(context, context.Object, context.OldObject))
        {
            var decision = policy.Decide(field.Image);
            if (decision.Action == ImageAction.Rewrite)
            {
                field.Set(decision.Image);
                context.Warn($"{field.Path}: {decision.Message}");
                context.Annotate(AuditKeys.Of(field, "rewritten"), $"{field.Image} -> {decision.Image} ({decision.Rule})");
            }
        }

        return AdmissionResult.Allow();
    }
}
