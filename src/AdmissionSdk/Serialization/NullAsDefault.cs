using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Makes members of non-nullable value types read an explicit null as their default. By member, because a converter for all uses of a type would break
/// number handling and map keys of users' classes. Members of enum and struct types of the user's own have to be nullable for it.
/// </summary>
internal static class NullAsDefault
{
    private static readonly Dictionary<Type, JsonConverter> Converters = new()
    {
        [typeof(bool)] = new NullAsDefaultConverter<bool>(JsonMetadataServices.BooleanConverter),
        [typeof(byte)] = new NullAsDefaultConverter<byte>(JsonMetadataServices.ByteConverter),
        [typeof(sbyte)] = new NullAsDefaultConverter<sbyte>(JsonMetadataServices.SByteConverter),
        [typeof(short)] = new NullAsDefaultConverter<short>(JsonMetadataServices.Int16Converter),
        [typeof(ushort)] = new NullAsDefaultConverter<ushort>(JsonMetadataServices.UInt16Converter),
        [typeof(int)] = new NullAsDefaultConverter<int>(JsonMetadataServices.Int32Converter),
        [typeof(uint)] = new NullAsDefaultConverter<uint>(JsonMetadataServices.UInt32Converter),
        [typeof(long)] = new NullAsDefaultConverter<long>(JsonMetadataServices.Int64Converter),
        [typeof(ulong)] = new NullAsDefaultConverter<ulong>(JsonMetadataServices.UInt64Converter),
        [typeof(float)] = new NullAsDefaultConverter<float>(JsonMetadataServices.SingleConverter),
        [typeof(double)] = new NullAsDefaultConverter<double>(JsonMetadataServices.DoubleConverter),
        [typeof(decimal)] = new NullAsDefaultConverter<decimal>(JsonMetadataServices.DecimalConverter),
        [typeof(Guid)] = new NullAsDefaultConverter<Guid>(JsonMetadataServices.GuidConverter),
    };

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
}
