using AdmissionSdk.Cel.Types;

namespace AdmissionSdk.Cel.Values;

/// <summary>A type as a value: <c>int</c>, or the result of <c>type(x)</c>.</summary>
internal sealed class TypeValue(CelType named) : CelValue
{
    public CelType Named { get; } = named;

    internal override CelType Type => CelType.Type;

    internal override bool EqualTo(CelValue other) => other is TypeValue type && type.Named.Name == Named.Name;

    public override string ToString() => Named.Name;
}
