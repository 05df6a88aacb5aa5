namespace AdmissionSdk.Observability;

/// <summary>Makes text from a request fit for a log line, so that a caller cannot forge lines.</summary>
internal static class LogText
{
    private const int MaxLength = 253;

    public static string Of(string text)
    {
        var clipped = text.Length > MaxLength ? text[..MaxLength] : text;
        return clipped.Any(char.IsControl)
            ? string.Create(clipped.Length, clipped, static (to, from) =>
            {
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = char.IsControl(from[i]) ? ' ' : from[i];
                }
            })
            : clipped;
    }
}
