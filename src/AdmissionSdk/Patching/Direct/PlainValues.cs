using System.Text.Json;

namespace AdmissionSdk.Patching.Direct;

/// <summary>Compares values that cannot change in place.</summary>
internal static class PlainValues
{
    /// <summary>Tells if two values certainly look the same; equal values that look different, such as 1.0 and 1.00, are not the same.</summary>
    public static bool AreSame(object was, object now) => ReferenceEquals(was, now) || (was, now) switch
    {
        (string left, string right) => string.Equals(left, right, StringComparison.Ordinal),
        (bool left, bool right) => left == right,
        (int left, int right) => left == right,
        (long left, long right) => left == right,
        (DateTime left, DateTime right) => left.Ticks == right.Ticks && left.Kind == right.Kind,
        (double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right),
        (float left, float right) => BitConverter.SingleToInt32Bits(left) == BitConverter.SingleToInt32Bits(right),
        (decimal left, decimal right) => left == right && left.Scale == right.Scale,
        (DateTimeOffset left, DateTimeOffset right) => left.EqualsExact(right),
        (ValueType, ValueType) when was is not JsonElement => was.Equals(now),
        _ => false,
    };
}
