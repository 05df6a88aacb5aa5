#region testing-webhooks
using AdmissionSdk;
using k8s.Models;

namespace Shop.Webhooks;

/// <summary>Makes pods pull from our registry.</summary>
public sealed class ShopRewriter : IMutator<V1Pod>
{
    public const string Registry = "registry.example.com/";

    public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        foreach (var container in context.Object.Spec?.Containers ?? [])
        {
            if (container.Image?.StartsWith(Registry, StringComparison.Ordinal) == false)
            {
                context.Warn($"{container.Image} is pulled from {Registry}");
                container.Image = Registry + container.Image;
            }
        }

        return AdmissionResult.Allow();
    }
}

/// <summary>Lets no pod use the node's network.</summary>
public sealed class NetworkGuard : IValidator<V1Pod>
{
    public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Pod> context, CancellationToken cancellationToken) =>
        context.Object.Spec?.HostNetwork == true
            ? AdmissionResult.Deny("hostNetwork is not allowed: use a Service")
            : AdmissionResult.Allow();
}
#endregion
