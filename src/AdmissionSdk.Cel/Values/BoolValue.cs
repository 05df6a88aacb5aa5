using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class BoolValue : CelValue
{
    public static readonly BoolValue True = new(true);
    public static readonly BoolValue False = new(false);

    private BoolValue(bool value) => Value = value;

    public bool Value { get; }

    internal override CelType Type => CelType.Bool;

    internal override bool IsZero => !Value;

    public static BoolValue Of(bool value) => value ? True : False;

    internal override bool EqualTo(CelValue other) => other is BoolValue boolean && boolean.Value == Value;

    public override string ToString() => Value ? "true" : "false";
}
