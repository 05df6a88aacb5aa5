namespace AdmissionSdk.Dispatch;

/// <summary>A validator written as a delegate.</summary>
internal sealed class DelegateValidator<T>(Func<ValidationContext<T>, CancellationToken, ValueTask<AdmissionResult>> handler) : IValidator<T>
    where T : class
{
    public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<T> context, CancellationToken cancellationToken) =>
        handler(context, cancellationToken);
}
