using AdmissionSdk;

namespace LabelMutator;

/// <summary>Labels each new object with the cost center of the configuration, unless the object has one.</summary>
public sealed class CostCenterLabel(IConfiguration configuration) : IMutator<PartialObjectMetadata>
{
    private const string Key = "samples.example.com/cost-center";

    public ValueTask<AdmissionResult> MutateAsync(MutationContext<PartialObjectMetadata> context, CancellationToken cancellationToken)
    {
        if (context.Object.Metadata?.Labels?.ContainsKey(Key) != true)
        {
            context.Patch.SetLabel(Key, configuration["Labels:CostCenter"] ?? "unknown");
        }

        return AdmissionResult.Allow();
    }
}
