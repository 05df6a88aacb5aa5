using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class DoubleValue(double value) : CelValue
{
    public double Value { get; } = value;

    internal override CelType Type => CelType.Double;

    internal override bool IsZero => Value == 0;

    internal override bool EqualTo(CelValue other) => other is DoubleValue same ? same.Value == Value : Numbers.AreEqual(this, other);

    public override string ToString() => DoubleText.Shortest(Value);
}
