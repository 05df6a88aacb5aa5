using System.Globalization;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A point in time in the years 1 to 9999, in seconds since 1970 and nanoseconds.</summary>
internal sealed class TimestampValue(long seconds, int nanoseconds) : CelValue
{
    public const long MinSeconds = -62135596800;
    public const long MaxSeconds = 253402300799;

    public long Seconds { get; } = seconds;

    public int Nanoseconds { get; } = nanoseconds;

    internal override CelType Type => CelType.Timestamp;

    // The zero of Go's times is the first of January of the year 1.
    internal override bool IsZero => Seconds == MinSeconds && Nanoseconds == 0;

    public DateTime Utc => DateTime.UnixEpoch.AddSeconds(Seconds);

    /// <summary>The point in time, or null if it is outside the years 1 to 9999.</summary>
    public static TimestampValue? TryCreate(Int128 nanosecondsSince1970)
    {
        var (seconds, rest) = Int128.DivRem(nanosecondsSince1970, DurationValue.NanosecondsPerSecond);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + DurationValue.NanosecondsPerSecond);
        }

        return seconds >= MinSeconds && seconds <= MaxSeconds ? new TimestampValue((long)seconds, (int)rest) : null;
    }

    public Int128 TotalNanoseconds => ((Int128)Seconds * DurationValue.NanosecondsPerSecond) + Nanoseconds;

    internal override bool EqualTo(CelValue other) => other is TimestampValue time && time.Seconds == Seconds && time.Nanoseconds == Nanoseconds;

    public override string ToString()
    {
        var fraction = Nanoseconds == 0 ? "" : "." + Nanoseconds.ToString("000000000", CultureInfo.InvariantCulture).TrimEnd('0');
        return Utc.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + fraction + "Z";
    }
}
