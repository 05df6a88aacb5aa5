using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

internal sealed class OptionalValue : CelValue
{
    public static readonly OptionalValue None = new(null);

    public OptionalValue(CelValue? value) => Value = value;

    public CelValue? Value { get; }

    internal override CelType Type => CelType.Optional;

    internal override long Size => Value?.Size ?? 1;

    internal override bool IsZero => Value is null;

    public CelValue ValueOrError() => Value ?? new ErrorValue("optional.none() dereference");

    internal override bool EqualTo(CelValue other) =>
        other is OptionalValue optional && (Value is null ? optional.Value is null : optional.Value is { } held && Value.EqualTo(held));

    public override string ToString() => Value is null ? "optional.none()" : $"optional({Value})";
}
