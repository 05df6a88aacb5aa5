using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A span of time, in nanoseconds: at most 292 years either way.</summary>
internal sealed class DurationValue(long nanoseconds) : CelValue
{
    public const long NanosecondsPerSecond = 1_000_000_000;

    public long Nanoseconds { get; } = nanoseconds;

    internal override CelType Type => CelType.Duration;

    internal override bool IsZero => Nanoseconds == 0;

    internal override bool EqualTo(CelValue other) => other is DurationValue duration && duration.Nanoseconds == Nanoseconds;

    public override string ToString()
    {
        var (seconds, rest) = Math.DivRem(Nanoseconds, NanosecondsPerSecond);
        return DoubleText.Plain(seconds + (rest / (double)NanosecondsPerSecond)) + "s";
    }
}
