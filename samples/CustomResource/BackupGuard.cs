using AdmissionSdk;

namespace CustomResource;

/// <summary>Names every field at fault at once.</summary>
public sealed class BackupGuard : IValidator<Backup>
{
    public ValueTask<AdmissionResult> ValidateAsync(ValidationContext<Backup> context, CancellationToken cancellationToken)
    {
        var spec = context.Object.Spec;
        FieldError?[] errors =
        [
            spec?.Every < TimeSpan.FromMinutes(5) ? FieldError.For<Backup>(backup => backup.Spec!.Every, "is at least 5m") : null,
            spec?.Keep is < 1 or > 100 ? FieldError.For<Backup>(backup => backup.Spec!.Keep, "is 1 to 100") : null,
        ];
        return errors.OfType<FieldError>().ToList() is { Count: > 0 } found ? AdmissionResult.Invalid(found) : AdmissionResult.Allow();
    }
}
