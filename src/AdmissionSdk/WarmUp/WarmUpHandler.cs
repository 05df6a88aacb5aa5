using System.Text.Json.Nodes;
using k8s.Models;

namespace AdmissionSdk.WarmUp;

/// <summary>Stands in for the handlers of a type: edits in place and by path, or allows.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
internal sealed class WarmUpHandler<T> : IMutator<T>, IValidator<T>
    where T : class
{
    private const string Key = "warm-up";

    public static WarmUpHandler<T> Instance { get; } = new();

    public ValueTask<AdmissionResult> MutateAsync(MutationContext<T> context, CancellationToken cancellationToken)
    {
        switch (context.Object)
        {
            case JsonObject json:
                json[Key] = true;
                break;
            case IMetadata<V1ObjectMeta> { Metadata: { } metadata }:
                (metadata.Labels ??= new Dictionary<string, string>())[Key] = Key;
                break;
            default:
                break;
        }

        context.Patch.SetAnnotation(Key, Key);
        return AdmissionResult.Allow();
    }

    public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<T> context, CancellationToken cancellationToken) => AdmissionResult.Allow();
}
