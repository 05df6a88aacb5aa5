using k8s.Models;

namespace AdmissionSdk.AotApp;

internal sealed class PodDefaulter : IMutator<V1Pod>
{
    public ValueTask<AdmissionResult> MutateAsync(MutationContext<V1Pod> context, CancellationToken cancellationToken)
    {
        (context.Object.Metadata.Labels ??= new Dictionary<string, string>())["aot"] = "yes";
        context.Patch.SetAnnotation("example.com/by", "aot");
        return AdmissionResult.Allow();
    }
}
