using AdmissionSdk;
using AdmissionSdk.Cluster;
using k8s.Models;

namespace NamespaceValidator;

/// <summary>Lets load balancers be made only in namespaces that are labelled for it.</summary>
public sealed class ExposureGuard(INamespaceLookup namespaces) : IValidator<V1Service>
{
    public async ValueTask<AdmissionResult> ValidateAsync(ValidationContext<V1Service> context, CancellationToken cancellationToken)
    {
        // Services that are exposed already may be edited.
        if (context.Object.Spec?.Type != "LoadBalancer" || context.OldObject?.Spec?.Type == "LoadBalancer")
        {
            return AdmissionResult.Allow();
        }

        var known = await namespaces.GetAsync(context.Namespace, cancellationToken);
        return known.Status switch
        {
            LookupStatus.Unknown => AdmissionResult.Fail(known.Reason!), // nobody knows: failurePolicy decides
            LookupStatus.Found when known.Value!.Labels.GetValueOrDefault("samples.example.com/exposed") == "true" => AdmissionResult.Allow(),
            _ => AdmissionResult.Deny($"{context.Namespace} may not have load balancers: ask for the label samples.example.com/exposed=true, or use an Ingress"),
        };
    }
}
