using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class StringValue(string value) : CelValue
{
    public static readonly StringValue Empty = new("");

    private long _size = -1;

    public string Value { get; } = value;

    internal override CelType Type => CelType.String;

    /// <summary>The number of code points.</summary>
    internal override long Size => _size < 0 ? _size = CodePoints.Count(Value) : _size;

    internal override bool IsZero => Value.Length == 0;

    internal override bool EqualTo(CelValue other) => other is StringValue text && text.Value == Value;

    public override string ToString() => Value;
}
