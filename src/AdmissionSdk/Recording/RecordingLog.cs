using Microsoft.Extensions.Logging;

namespace AdmissionSdk.Recording;

/// <summary>The log lines of the recorder, without any recorded text.</summary>
internal static partial class RecordingLog
{
    [LoggerMessage(800, LogLevel.Warning, "Admission reviews are being recorded to {Path}, redacted, up to {MaxBytes} bytes. Switch the recording off when you have enough.", EventName = "RecordingStarted")]
    public static partial void RecordingStarted(this ILogger logger, string path, long maxBytes);

    [LoggerMessage(801, LogLevel.Warning, "The recording of admission reviews has reached its limit of {MaxBytes} bytes and ends.", EventName = "RecordingFull")]
    public static partial void RecordingFull(this ILogger logger, long maxBytes);

    [LoggerMessage(802, LogLevel.Error, "The recording of admission reviews cannot be written and ends.", EventName = "RecordingFailed")]
    public static partial void RecordingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(803, LogLevel.Warning, "{Count} admission reviews were not recorded: too large, unreadable, or too many at once.", EventName = "RecordingIncomplete")]
    public static partial void RecordingIncomplete(this ILogger logger, long count);
}
