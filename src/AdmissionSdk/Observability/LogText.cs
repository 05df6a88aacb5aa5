namespace AdmissionSdk.Observability;

/// <summary>Makes text from a request fit for a log line, so that a caller cannot forge lines.</summary>
internal static class LogText
{
    private const int MaxLength = 253;

    public static string Of(string text)
    {
        var clipped = text.Length > MaxLength ? text[..MaxLength] : text;
        return HasControl(clipped)
            ? string.Create(clipped.Length, clipped, static (to, from) =>
            {
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = char.IsControl(from[i]) ? ' ' : from[i];
                }
            })
            : clipped;
    }

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
