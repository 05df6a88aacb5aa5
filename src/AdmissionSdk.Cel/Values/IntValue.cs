using System.Globalization;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class IntValue : CelValue
{
    private static readonly IntValue[] Small = [.. Enumerable.Range(-16, 272).Select(value => new IntValue(value))];

    private IntValue(long value) => Value = value;

    public long Value { get; }

    internal override CelType Type => CelType.Int;

    internal override bool IsZero => Value == 0;

    public static IntValue Of(long value) => value is >= -16 and < 256 ? Small[value + 16] : new IntValue(value);

    internal override bool EqualTo(CelValue other) => other is IntValue same ? same.Value == Value : Numbers.AreEqual(this, other);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
