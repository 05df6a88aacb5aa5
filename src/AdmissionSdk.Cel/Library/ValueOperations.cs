using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The operators on values whose types are known only now.</summary>
internal static class ValueOperations
{
    public static CelValue Add(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => Int((Int128)a.Value + b.Value),
        (UintValue a, UintValue b) => Uint((Int128)a.Value + b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value + b.Value),
        (StringValue a, StringValue b) => new StringValue(a.Value + b.Value),
        (BytesValue a, BytesValue b) => new BytesValue((byte[])[.. a.Value.Span, .. b.Value.Span]),
        (GrowingListValue { IsFrozen: false } a, ListValue b) => a.Append(b),
        (ListValue a, ListValue b) => a.Count == 0 ? b : b.Count == 0 ? a : new ConcatListValue(a, b),
        (DurationValue a, DurationValue b) => Duration((Int128)a.Nanoseconds + b.Nanoseconds),
        (DurationValue a, TimestampValue b) => Timestamp(b.TotalNanoseconds + a.Nanoseconds),
        (TimestampValue a, DurationValue b) => Timestamp(a.TotalNanoseconds + b.Nanoseconds),
        (IntValue or UintValue or DoubleValue or StringValue or BytesValue or ListValue or DurationValue or TimestampValue, _) => ErrorValue.NoSuchOverload,
        _ => Unsupported(left, "_+_"),
    };

    public static CelValue Subtract(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => Int((Int128)a.Value - b.Value),
        (UintValue a, UintValue b) => Uint((Int128)a.Value - b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value - b.Value),
        (DurationValue a, DurationValue b) => Duration((Int128)a.Nanoseconds - b.Nanoseconds),
        (TimestampValue a, DurationValue b) => Timestamp(a.TotalNanoseconds - b.Nanoseconds),
        (TimestampValue a, TimestampValue b) => Duration(a.TotalNanoseconds - b.TotalNanoseconds),
        (IntValue or UintValue or DoubleValue or DurationValue or TimestampValue, _) => ErrorValue.NoSuchOverload,
        _ => Unsupported(left, "_-_"),
    };

    public static CelValue Multiply(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue a, IntValue b) => Int((Int128)a.Value * b.Value),
        (UintValue a, UintValue b) => Uint((UInt128)a.Value * b.Value > ulong.MaxValue ? -1 : (Int128)a.Value * b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value * b.Value),
        (IntValue or UintValue or DoubleValue, _) => ErrorValue.NoSuchOverload,
        _ => Unsupported(left, "_*_"),
    };

    public static CelValue Divide(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue or UintValue, IntValue { Value: 0 } or UintValue { Value: 0 }) when left.Type == right.Type => ErrorValue.DivisionByZero,
        (IntValue { Value: long.MinValue }, IntValue { Value: -1 }) => ErrorValue.IntOverflow,
        (IntValue a, IntValue b) => IntValue.Of(a.Value / b.Value),
        (UintValue a, UintValue b) => new UintValue(a.Value / b.Value),
        (DoubleValue a, DoubleValue b) => new DoubleValue(a.Value / b.Value),
        (IntValue or UintValue or DoubleValue, _) => ErrorValue.NoSuchOverload,
        _ => Unsupported(left, "_/_"),
    };

    public static CelValue Modulo(CelValue left, CelValue right) => (left, right) switch
    {
        (IntValue or UintValue, IntValue { Value: 0 } or UintValue { Value: 0 }) when left.Type == right.Type => ErrorValue.ModulusByZero,
        (IntValue { Value: long.MinValue }, IntValue { Value: -1 }) => ErrorValue.IntOverflow,
        (IntValue a, IntValue b) => IntValue.Of(a.Value % b.Value),
        (UintValue a, UintValue b) => new UintValue(a.Value % b.Value),
        (IntValue or UintValue, _) => ErrorValue.NoSuchOverload,
        _ => Unsupported(left, "_%_"),
    };

    public static CelValue Negate(CelValue value) => value switch
    {
        IntValue { Value: long.MinValue } => ErrorValue.IntOverflow,
        IntValue number => IntValue.Of(-number.Value),
        DoubleValue number => new DoubleValue(-number.Value),
        DurationValue { Nanoseconds: long.MinValue } => ErrorValue.DurationOverflow,
        DurationValue duration => new DurationValue(-duration.Nanoseconds),
        BoolValue => ErrorValue.NoSuchOverload,
        _ => Unsupported(value, "-_"),
    };

    /// <summary>-1, 0 or 1 as an int, or an error.</summary>
    public static CelValue Compare(CelValue left, CelValue right, string function) => (left, right) switch
    {
        _ when Numbers.IsNumber(left) && Numbers.IsNumber(right) => Numbers.Compare(left, right) is { } order ? IntValue.Of(order) : ErrorValue.NotOrdered,
        (StringValue a, StringValue b) => IntValue.Of(Math.Sign(CodePoints.Compare(a.Value, b.Value))),
        (BoolValue a, BoolValue b) => IntValue.Of(a.Value.CompareTo(b.Value)),
        (BytesValue a, BytesValue b) => IntValue.Of(Math.Sign(a.Value.Span.SequenceCompareTo(b.Value.Span))),
        (DurationValue a, DurationValue b) => IntValue.Of(a.Nanoseconds.CompareTo(b.Nanoseconds)),
        (TimestampValue a, TimestampValue b) => IntValue.Of(a.TotalNanoseconds.CompareTo(b.TotalNanoseconds)),
        _ when IsComparable(left) => ErrorValue.NoSuchOverload,
        _ => Unsupported(left, function),
    };

    public static CelValue Compares(CelValue left, CelValue right, string function, Func<long, bool> holds) =>
        Compare(left, right, function) switch
        {
            IntValue order => BoolValue.Of(holds(order.Value)),
            var error => error,
        };

    public static bool IsComparable(CelValue value) =>
        Numbers.IsNumber(value) || value is StringValue or BoolValue or BytesValue or DurationValue or TimestampValue;

    public static CelValue In(CelValue value, CelValue container) => container switch
    {
        ListValue list => BoolValue.Of(list.Contains(value)),
        MapValue map => map.Find(value) is var found && found is ErrorValue ? found : BoolValue.Of(found is not null),
        _ => ErrorValue.NoSuchOverload,
    };

    public static CelValue Duration(Int128 nanoseconds) =>
        nanoseconds >= long.MinValue && nanoseconds <= long.MaxValue ? new DurationValue((long)nanoseconds) : ErrorValue.DurationOverflow;

    public static CelValue Timestamp(Int128 nanoseconds) => (CelValue?)TimestampValue.TryCreate(nanoseconds) ?? ErrorValue.TimestampOverflow;

    // Values with methods are asked themselves, and do not name the operator.
    private static ErrorValue Unsupported(CelValue left, string function) =>
        left is StringValue or DurationValue or TimestampValue ? ErrorValue.NoSuchOverload : new($"no such overload: {function}");

    private static CelValue Int(Int128 value) => value >= long.MinValue && value <= long.MaxValue ? IntValue.Of((long)value) : ErrorValue.IntOverflow;

    private static CelValue Uint(Int128 value) => value >= 0 && value <= ulong.MaxValue ? new UintValue((ulong)value) : ErrorValue.UintOverflow;
}
