using System.Globalization;
using System.Text;
using AdmissionSdk.Cel.Types;
using AdmissionSdk.Cel.Values;

namespace AdmissionSdk.Cel.Tests.Support;

/// <summary>Values and types of cel-spec's test files; null for those of protocol buffers, which are out of scope.</summary>
internal static class SpecValue
{
    public static CelValue? Read(TextProto message)
    {
        var (name, value) = message.Fields.First();
        return name switch
        {
            "null_value" => NullValue.Instance,
            "bool_value" => BoolValue.Of((string)value == "true"),
            "int64_value" => IntValue.Of(long.Parse((string)value, CultureInfo.InvariantCulture)),
            "uint64_value" => new UintValue(ulong.Parse((string)value, CultureInfo.InvariantCulture)),
            "double_value" => new DoubleValue(Double((string)value)),
            "string_value" => new StringValue(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes((string)value))),
            "bytes_value" => new BytesValue(Encoding.Latin1.GetBytes((string)value)),
            "type_value" => new TypeValue(CelType.StructOf((string)value)),
            "list_value" => List((TextProto)value),
            "map_value" => Map((TextProto)value),
            "object_value" => Message((TextProto)value),
            _ => null,
        };
    }

    public static CelType? ReadType(TextProto message)
    {
        var (name, value) = message.Fields.First();
        return name switch
        {
            "primitive" => (string)value switch { "BOOL" => CelType.Bool, "INT64" => CelType.Int, "UINT64" => CelType.Uint, "DOUBLE" => CelType.Double, "STRING" => CelType.String, "BYTES" => CelType.Bytes, _ => null },
            "dyn" => CelType.Dyn,
            "null" => CelType.Null,
            "well_known" => (string)value switch { "DURATION" => CelType.Duration, "TIMESTAMP" => CelType.Timestamp, _ => null },
            "list_type" => ReadType(((TextProto)value).Message("elem_type")!) is { } element ? CelType.ListOf(element) : null,
            "map_type" => ReadType(((TextProto)value).Message("key_type")!) is { } key && ReadType(((TextProto)value).Message("value_type")!) is { } held ? CelType.MapOf(key, held) : null,
            "type" => ((TextProto)value).Fields.Any() && ReadType((TextProto)value) is { } named ? CelType.TypeOf(named) : CelType.Type,
            "type_param" => CelType.Parameter((string)value),
            "abstract_type" when ((TextProto)value).Text("name") == "optional_type" => ReadType(((TextProto)value).Message("parameter_types")!) is { } held ? CelType.OptionalOf(held) : null,
            _ => null,
        };
    }

    private static double Double(string text) => text switch
    {
        "inf" or "Infinity" => double.PositiveInfinity,
        "-inf" or "-Infinity" => double.NegativeInfinity,
        "nan" or "NaN" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static ArrayListValue? List(TextProto list)
    {
        CelValue?[] values = [.. list.Messages("values").Select(Read)];
        return values.Contains(null) ? null : new ArrayListValue(values!);
    }

    private static DictionaryMapValue? Map(TextProto map)
    {
        var entries = DictionaryMapValue.NewEntries();
        foreach (var entry in map.Messages("entries"))
        {
            if (Read(entry.Message("key")!) is not { } key || Read(entry.Message("value")!) is not { } value)
            {
                return null;
            }

            entries[key] = value;
        }

        return new DictionaryMapValue(entries);
    }

    private static CelValue? Message(TextProto any)
    {
        var (name, value) = any.Fields.First();
        var body = (TextProto)value;
        var seconds = long.Parse(body.Text("seconds") ?? "0", CultureInfo.InvariantCulture);
        var nanoseconds = int.Parse(body.Text("nanos") ?? "0", CultureInfo.InvariantCulture);
        return name switch
        {
            "[type.googleapis.com/google.protobuf.Duration]" => new DurationValue((seconds * DurationValue.NanosecondsPerSecond) + nanoseconds),
            "[type.googleapis.com/google.protobuf.Timestamp]" => new TimestampValue(seconds, nanoseconds),
            _ => null,
        };
    }
}
