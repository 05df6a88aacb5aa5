using AdmissionSdk.Serialization;

namespace AdmissionSdk.Configuration;

/// <summary>Reads timeouts such as <c>10s</c>, <c>1m30s</c> or <c>500ms</c>, as in <c>?timeout=10s</c> (contract 8.2).</summary>
internal static class GoDuration
{
    /// <summary>False for anything malformed, zero or negative: then the webhook's own timeout counts.</summary>
    public static bool TryParse(string? text, out TimeSpan duration) =>
        GoDurationText.TryParse((text ?? "").AsSpan().Trim(), out duration) && duration > TimeSpan.Zero;
}
