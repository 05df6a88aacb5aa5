using AdmissionSdk.Cel.Functions;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Library;

/// <summary>The functions named as types: <c>int(x)</c>, <c>string(x)</c>, and so on.</summary>
internal static class ConversionFunctions
{
    public static void AddTo(FunctionLibrary library)
    {
        Add(library, "bool", Conversions.ToBool, ("bool_to_bool", "bool"), ("string_to_bool", "string"));
        Add(library, "bytes", Conversions.ToBytes, ("bytes_to_bytes", "bytes"), ("string_to_bytes", "string"));
        Add(library, "double", Conversions.ToDouble, ("double_to_double", "double"), ("int64_to_double", "int"), ("string_to_double", "string"), ("uint64_to_double", "uint"));
        Add(library, "duration", Conversions.ToDuration, ("duration_to_duration", "duration"), ("int64_to_duration", "int"), ("string_to_duration", "string"));
        Add(
            library,
            "int",
            Conversions.ToInt,
            ("int64_to_int64", "int"),
            ("double_to_int64", "double"),
            ("duration_to_int64", "duration"),
            ("string_to_int64", "string"),
            ("timestamp_to_int64", "timestamp"),
            ("uint64_to_int64", "uint"));
        Add(
            library,
            "string",
            Conversions.ToText,
            ("string_to_string", "string"),
            ("bool_to_string", "bool"),
            ("bytes_to_string", "bytes"),
            ("double_to_string", "double"),
            ("duration_to_string", "duration"),
            ("int64_to_string", "int"),
            ("timestamp_to_string", "timestamp"),
            ("uint64_to_string", "uint"));
        Add(library, "timestamp", Conversions.ToTimestamp, ("timestamp_to_timestamp", "timestamp"), ("int64_to_timestamp", "int"), ("string_to_timestamp", "string"));
        Add(library, "uint", Conversions.ToUint, ("uint64_to_uint64", "uint"), ("double_to_uint64", "double"), ("int64_to_uint64", "int"), ("string_to_uint64", "string"));
        library
            .Add("to_dyn", "dyn(A): dyn", static a => a[0])
            .Add("type", "type(A): type<A>", static a => new TypeValue(TypeOf(a[0])));
    }

    private static CelType TypeOf(CelValue value) => value.Type;

    private static void Add(FunctionLibrary library, string name, Func<CelValue, CelValue> convert, params ReadOnlySpan<(string Id, string Type)> forms)
    {
        foreach (var (id, type) in forms)
        {
            library.Add(id, $"{name}({type}): {name}", a => convert(a[0]));
        }
    }
}
