using System.Text;

namespace AdmissionSdk.Contexts;

/// <summary>Makes a warning one that the API server passes on: texts with control characters are dropped without a word (contract 16.2), long texts are cut (16.3).</summary>
internal static class WarningText
{
    internal const int MaxRunes = 256;

    public static string Clean(string message)
    {
        var builder = new StringBuilder(message.Length);
        var runes = 0;
        var beforeLast = 0;
        // Invalid surrogates come out of the enumeration as U+FFFD, so the result is always valid UTF-8.
        foreach (var rune in message.Trim().EnumerateRunes())
        {
            if (++runes > MaxRunes)
            {
                builder.Length = beforeLast;
                return builder.Append('…').ToString();
            }

            beforeLast = builder.Length;
            builder.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        }

        return builder.ToString();
    }
}
