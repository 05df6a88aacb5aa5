using AdmissionSdk;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Admission;

/// <summary>Annotations of the audit event. A key is the field's path in the letters that a key may have.</summary>
internal static class AuditKeys
{
    private const int MaxLength = 63;

    public static string Of(ImageField field, string what)
    {
        var path = field.Path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);
        var key = $"{what}.{path}";
        return key.Length <= MaxLength ? key : key[..MaxLength].TrimEnd('.', '-', '_');
    }

    /// <summary>Leaves a note of a decision that changes nothing, if the policy wants notes.</summary>
    public static void Annotate(AdmissionContext context, RecordSection record, JudgedImage image, string what)
    {
        if (record.Audit)
        {
            context.Annotate(Of(image.Field, what), $"{image.Field.Image} ({image.Decision.Rule})");
        }
    }
}
