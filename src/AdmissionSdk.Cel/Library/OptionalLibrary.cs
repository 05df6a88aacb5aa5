using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>Optional values, with <c>.?</c> and <c>[?</c>.</summary>
internal static class OptionalLibrary
{
    public static FunctionLibrary Create()
    {
        CelFunction none = static _ => ErrorValue.NoSuchOverload;
        return new FunctionLibrary()
            .Add(Macros.Optionals)
            .Add(CelType.Optional)
            .Add("optional_of", "optional.of(V): optional<V>", static a => new OptionalValue(a[0]))
            .Add("optional_ofNonZeroValue", "optional.ofNonZeroValue(V): optional<V>", static a => a[0].IsZero ? OptionalValue.None : new OptionalValue(a[0]))
            .Add("optional_none", "optional.none(): optional<V>", static _ => OptionalValue.None)
            .Add("optional_value", "(optional<V>).value(): V", static a => ((OptionalValue)a[0]).ValueOrError())
            .Add("optional_hasValue", "(optional<V>).hasValue(): bool", static a => BoolValue.Of(((OptionalValue)a[0]).Value is not null))
            .AddAll(none, ("optional_or_optional", "(optional<V>).or(optional<V>): optional<V>"))
            .AddAll(none, ("optional_orValue_value", "(optional<V>).orValue(V): V"))
            .AddAll(none, ("select_optional_field", "_?._(dyn, string): optional<V>"))
            .AddAll(
                none,
                ("list_optindex_optional_int", "_[?_](list<V>, int): optional<V>"),
                ("optional_list_optindex_optional_int", "_[?_](optional<list<V>>, int): optional<V>"),
                ("map_optindex_optional_value", "_[?_](map<K, V>, K): optional<V>"),
                ("optional_map_optindex_optional_value", "_[?_](optional<map<K, V>>, K): optional<V>"))
            .AddAll(
                none,
                ("optional_list_index_int", "_[_](optional<list<V>>, int): optional<V>"),
                ("optional_map_index_value", "_[_](optional<map<K, V>>, K): optional<V>"))
            .Add("list_last", "(list<V>).last(): optional<V>", static a => At((ListValue)a[0], ((ListValue)a[0]).Count - 1))
            .Add("list_first", "(list<V>).first(): optional<V>", static a => At((ListValue)a[0], 0))
            .Add("optional_unwrap", "optional.unwrap(list<optional<V>>): list<V>", static a => Unwrap((ListValue)a[0]))
            .Add("optional_unwrapOpt", "(list<optional<V>>).unwrapOpt(): list<V>", static a => Unwrap((ListValue)a[0]));
    }

    private static OptionalValue At(ListValue list, long index) => list.Count == 0 ? OptionalValue.None : new OptionalValue(list.At(index));

    private static CelValue Unwrap(ListValue list)
    {
        var values = new List<CelValue>();
        foreach (var element in Effort.On(list.Elements))
        {
            if (element is not OptionalValue optional)
            {
                return new ErrorValue($"value {element} is not optional");
            }

            if (optional.Value is { } value)
            {
                values.Add(value);
            }
        }

        return new ArrayListValue(values);
    }
}
