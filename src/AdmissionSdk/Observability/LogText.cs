namespace AdmissionSdk.Observability;

/// <summary>Makes text that came with a request fit for a log line: whoever posts a review must not be able to forge lines.</summary>
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
