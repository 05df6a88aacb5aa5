namespace AdmissionSdk.CommandLine;

/// <summary>Other people's messages, on one line.</summary>
internal static class OneLine
{
    public static string Of(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
