using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class NullValue : CelValue
{
    public static readonly NullValue Instance = new();

    private NullValue()
    {
    }

    internal override CelType Type => CelType.Null;

    internal override bool IsZero => true;

    internal override bool EqualTo(CelValue other) => other is NullValue;

    public override string ToString() => "null";
}
