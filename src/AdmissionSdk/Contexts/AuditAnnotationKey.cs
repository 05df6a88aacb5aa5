namespace AdmissionSdk.Contexts;

/// <summary>Checks the keys of audit annotations: the API server stores <c>webhook/key</c> and drops a key that is not a qualified name with only a log line of its own (contract 17.1).</summary>
internal static class AuditAnnotationKey
{
    private const int MaxLength = 63;

    public static void ThrowIfInvalid(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (!IsValid(key))
        {
            throw new ArgumentException(
                $"\"{key}\" is not an audit annotation key: use 1 to {MaxLength} letters, digits, '-', '_' or '.', with a letter or digit at both ends. The API server puts the webhook's name before the key.",
                nameof(key));
        }
    }

    private static bool IsValid(string key) =>
        key.Length is > 0 and <= MaxLength
        && char.IsAsciiLetterOrDigit(key[0])
        && char.IsAsciiLetterOrDigit(key[^1])
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
