using AdmissionSdk.Quoting;

namespace AdmissionSdk.Contexts;

/// <summary>Makes a warning one that the API server passes on: texts with control characters are dropped without a word (contract 16.2), long texts are cut (16.3).</summary>
internal static class WarningText
{
    public static string Clean(string message) => ShownText.ToLine(message.Trim(), ResponseLimits.WarningLength);

    /// <summary>The length as the API server counts it.</summary>
    public static int Measure(string warning)
    {
        var runes = 0;
        foreach (var _ in warning.EnumerateRunes())
        {
            runes++;
        }

        return runes;
    }
}
