using AdmissionSdk;
using ImageRegistryWebhook.Policies;

namespace ImageRegistryWebhook.Admission;

/// <summary>
/// Annotations of the audit event. A key is the field's path in the characters that a key may have. A path that is too long loses its beginning, since
/// the end tells images apart.
/// </summary>
internal static class AuditKeys
{
    private const int MaxLength = 63;

    public static string Of(ImageField field, string what)
    {
        var path = field.Path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);
        while (what.Length + 1 + path.Length > MaxLength && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
        {
            path = path[(dot + 1)..];
        }

        return $"{what}.{path}";
    }

    /// <summary>Annotates the audit event with a decision that changes nothing, if the policy records audit annotations.</summary>
    public static void Annotate(AdmissionContext context, RecordSection record, JudgedImage image, string what)
    {
        if (record.Audit)
        {
            context.Annotate(Of(image.Field, what), $"{image.Field.Image} ({image.Decision.Rule})");
        }
    }
}
