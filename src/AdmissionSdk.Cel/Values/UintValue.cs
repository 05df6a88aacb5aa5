using System.Globalization;
using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class UintValue(ulong value) : CelValue
{
    public ulong Value { get; } = value;

    internal override CelType Type => CelType.Uint;

    internal override bool IsZero => Value == 0;

    internal override bool EqualTo(CelValue other) => other is UintValue same ? same.Value == Value : Numbers.AreEqual(this, other);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
