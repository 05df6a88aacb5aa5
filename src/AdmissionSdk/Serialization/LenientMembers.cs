using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Makes members read values that requesters may send and .NET would throw at: an explicit null as the default of a value type, a number out of range as
/// the nearest. Members are changed one by one, because a converter for a type would break number handling and map keys of users' classes. Members of the
/// user's own enum and struct types have to be nullable for a null.
/// </summary>
internal static class LenientMembers
{
    private static readonly JsonSerializerOptions NoOptions = new();
    private static readonly Dictionary<Type, JsonConverter> Converters = [];

    static LenientMembers()
    {
        Converters[typeof(bool)] = new NullAsDefaultConverter<bool>(JsonMetadataServices.BooleanConverter);
        Converters[typeof(Guid)] = new NullAsDefaultConverter<Guid>(JsonMetadataServices.GuidConverter);
        AddNumber(JsonMetadataServices.ByteConverter);
        AddNumber(JsonMetadataServices.SByteConverter);
        AddNumber(JsonMetadataServices.Int16Converter);
        AddNumber(JsonMetadataServices.UInt16Converter);
        AddNumber(JsonMetadataServices.Int32Converter);
        AddNumber(JsonMetadataServices.UInt32Converter);
        AddNumber(JsonMetadataServices.Int64Converter);
        AddNumber(JsonMetadataServices.UInt64Converter);
        AddNumber(JsonMetadataServices.SingleConverter);
        AddNumber(JsonMetadataServices.DoubleConverter);
        AddNumber(JsonMetadataServices.DecimalConverter);
    }

    /// <summary>Tells if a converter is one of these, which write what the type's own converter writes.</summary>
    public static bool IsLenient(JsonConverter converter) => Converters.ContainsValue(converter);

    public static void Apply(JsonTypeInfo typeInfo)
    {
        if (typeInfo.Kind != JsonTypeInfoKind.Object || typeInfo.NumberHandling is not null)
        {
            return;
        }

        foreach (var property in typeInfo.Properties)
        {
            if (property is { CustomConverter: null, NumberHandling: null } && Converters.TryGetValue(property.PropertyType, out var converter))
            {
                property.CustomConverter = converter;
            }
        }
    }

    private static void AddNumber<T>(JsonConverter<T> inner)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        var lenient = new LenientNumberConverter<T>(inner);
        Converters[typeof(T)] = new NullAsDefaultConverter<T>(lenient);
        Converters[typeof(T?)] = JsonMetadataServices.GetNullableConverter(JsonMetadataServices.CreateValueInfo<T>(NoOptions, lenient));
    }
}
