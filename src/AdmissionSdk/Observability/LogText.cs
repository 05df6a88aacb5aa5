using AdmissionSdk.Quoting;

namespace AdmissionSdk.Observability;

/// <summary>Makes text from a request fit for a log line, so that a caller cannot forge lines, or fill the log.</summary>
internal static class LogText
{
    private const int MaxLength = 253;

    public static string Of(string text) => ShownText.ToLine(text, MaxLength);
}
