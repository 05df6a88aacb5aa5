using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>An evaluation that failed. Operators hand an error on, and only logic absorbs one.</summary>
internal class ErrorValue(string message) : CelValue
{
    public static readonly ErrorValue NoSuchOverload = new("no such overload");
    public static readonly ErrorValue DivisionByZero = new("division by zero");
    public static readonly ErrorValue ModulusByZero = new("modulus by zero");
    public static readonly ErrorValue IntOverflow = new("integer overflow");
    public static readonly ErrorValue UintOverflow = new("unsigned integer overflow");
    public static readonly ErrorValue DurationOverflow = new("duration overflow");
    public static readonly ErrorValue TimestampOverflow = new("timestamp overflow");
    public static readonly ErrorValue NotOrdered = new("NaN values cannot be ordered");

    public string Message { get; } = message;

    internal override CelType Type => CelType.Error;

    public static ErrorValue NoSuchKey(CelValue key) => new($"no such key: {key}");

    /// <summary>A function that was called with values of other types, as "no such overload: size(int)".</summary>
    public static ErrorValue NoOverloadFor(string function, ReadOnlySpan<CelValue> arguments)
    {
        var types = new string[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            types[i] = arguments[i].TypeName;
        }

        return new($"no such overload: {function}({string.Join(", ", types)})");
    }

    /// <summary>A value where another type belongs: an error stays itself.</summary>
    public static CelValue Unexpected(CelValue value) => value as ErrorValue ?? NoSuchOverload;

    public static ErrorValue Conversion(string from, CelType to) => new($"type conversion error from '{from}' to '{to.Name}'");

    public override string ToString() => Message;
}
