namespace AdmissionSdk.Dispatch;

/// <summary>A mutator written as a delegate.</summary>
internal sealed class DelegateMutator<T>(Func<MutationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler) : IMutator<T>
    where T : class
{
    public ValueTask<AdmissionResult> MutateAsync(MutationContext<T> context, CancellationToken cancellationToken) =>
        handler(context, cancellationToken);
}
