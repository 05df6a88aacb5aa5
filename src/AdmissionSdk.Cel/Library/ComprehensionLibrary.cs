using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>Macros with two variables, for indexes or keys beside the values.</summary>
internal static class ComprehensionLibrary
{
    public static FunctionLibrary Create() => new FunctionLibrary()
        .Add(Macros.TwoVariables)
        .Add("@mapInsert_map_key_value", "cel.@mapInsert(map<K, V>, K, V): map<K, V>", static a => Insert(Growing((MapValue)a[0]), a[1], a[2]))
        .Add("@mapInsert_map_map", "cel.@mapInsert(map<K, V>, map<K, V>): map<K, V>", static a => InsertAll(Growing((MapValue)a[0]), (MapValue)a[1]));

    private static GrowingMapValue Growing(MapValue map)
    {
        if (map is GrowingMapValue { IsFrozen: false } growing)
        {
            return growing;
        }

        var copy = new GrowingMapValue();
        foreach (var key in Effort.On(map.Keys))
        {
            copy.Insert(key, map.Find(key)!);
        }

        return copy;
    }

    private static CelValue Insert(GrowingMapValue map, CelValue key, CelValue value) => map.Insert(key, value);

    private static CelValue InsertAll(GrowingMapValue map, MapValue others)
    {
        foreach (var key in Effort.On(others.Keys))
        {
            if (map.Insert(key, others.Find(key)!) is ErrorValue error)
            {
                return error;
            }
        }

        return map;
    }
}
