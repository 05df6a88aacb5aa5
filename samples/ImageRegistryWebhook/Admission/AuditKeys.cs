namespace ImageRegistryWebhook.Admission;

/// <summary>Keys of audit annotations: the field's path in the letters that a key may have.</summary>
internal static class AuditKeys
{
    private const int MaxLength = 63;

    public static string Of(ImageField field, string what)
    {
        var path = field.Path.Replace('[', '.').Replace("]", "", StringComparison.Ordinal);
        var key = $"{what}.{path}";
        return key.Length <= MaxLength ? key : key[..MaxLength].TrimEnd('.', '-', '_');
    }
}
