using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Kubernetes;

/// <summary>Quantities as <c>1.5Gi</c> and <c>200m</c>.</summary>
internal static class QuantityLibrary
{
    private const string Quantity = QuantityValue.Name;

    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add(CelType.StructOf(Quantity))
        .Add("string_to_quantity", $"quantity(string): {Quantity}", static a => QuantityValue.Parse(((StringValue)a[0]).Value))
        .Add("is_quantity_string", "isQuantity(string): bool", static a => BoolValue.Of(QuantityValue.Parse(((StringValue)a[0]).Value) is QuantityValue))
        .Add("quantity_sign", $"({Quantity}).sign(): int", static a => IntValue.Of(Of(a[0]).Sign))
        .Add("quantity_is_greater_than", $"({Quantity}).isGreaterThan({Quantity}): bool", static a => BoolValue.Of(Of(a[0]).CompareTo(Of(a[1])) > 0))
        .Add("quantity_is_less_than", $"({Quantity}).isLessThan({Quantity}): bool", static a => BoolValue.Of(Of(a[0]).CompareTo(Of(a[1])) < 0))
        .Add("quantity_compare_to", $"({Quantity}).compareTo({Quantity}): int", static a => IntValue.Of(Of(a[0]).CompareTo(Of(a[1]))))
        .Add("quantity_get_float", $"({Quantity}).asApproximateFloat(): double", static a => new DoubleValue(Of(a[0]).ToDouble()))
        .Add("quantity_get_int", $"({Quantity}).asInteger(): int", static a => Of(a[0]).ToInteger() is { } number ? IntValue.Of(number) : new ErrorValue("cannot convert value to integer"))
        .Add("quantity_is_integer", $"({Quantity}).isInteger(): bool", static a => BoolValue.Of(Of(a[0]).ToInteger() is not null))
        .Add("quantity_add", $"({Quantity}).add({Quantity}): {Quantity}", static a => Of(a[0]).Plus(Of(a[1])))
        .Add("quantity_add_int", $"({Quantity}).add(int): {Quantity}", static a => Of(a[0]).Plus(QuantityValue.Of(((IntValue)a[1]).Value)))
        .Add("quantity_sub", $"({Quantity}).sub({Quantity}): {Quantity}", static a => Of(a[0]).Plus(Of(a[1]).Negated()))
        .Add("quantity_sub_int", $"({Quantity}).sub(int): {Quantity}", static a => Of(a[0]).Plus(QuantityValue.Of(((IntValue)a[1]).Value).Negated()));

    private static QuantityValue Of(CelValue value) => (QuantityValue)value;
}
