using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>Lists as sets.</summary>
internal static class SetLibrary
{
    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add("list_sets_contains_list", "sets.contains(list<T>, list<T>): bool", static a => BoolValue.Of(Contains((ListValue)a[0], (ListValue)a[1])))
        .Add("list_sets_equivalent_list", "sets.equivalent(list<T>, list<T>): bool", static a => BoolValue.Of(Contains((ListValue)a[0], (ListValue)a[1]) && Contains((ListValue)a[1], (ListValue)a[0])))
        .Add("list_sets_intersects_list", "sets.intersects(list<T>, list<T>): bool", static a => BoolValue.Of(Intersects((ListValue)a[0], (ListValue)a[1])));

    private static bool Contains(ListValue list, ListValue others) => others.Elements.All(list.Contains);

    private static bool Intersects(ListValue list, ListValue others) => list.Elements.Any(others.Contains);
}
