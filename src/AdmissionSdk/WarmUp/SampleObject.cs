using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace AdmissionSdk.WarmUp;

/// <summary>Makes an object of a type up, from the type's JSON metadata: every member once, so that reading the object meets every converter.</summary>
internal sealed class SampleObject
{
    private const string Text = "sample";

    /// <summary>An object that fits nearly every type.</summary>
    public static ReadOnlySpan<byte> Least =>
        """{"apiVersion":"v1","kind":"Sample","metadata":{"name":"sample","labels":{"a":"b"},"annotations":{"a":"b"}}}"""u8;

    private readonly JsonSerializerOptions _options;
    private readonly Utf8JsonWriter _writer;

    // A type is written in full once: its second object would meet nothing new, and a type that holds itself would have no end.
    private readonly HashSet<Type> _written = [];

    private SampleObject(JsonSerializerOptions options, Utf8JsonWriter writer) => (_options, _writer) = (options, writer);

    /// <returns>The object, or <see cref="Least"/> if the type's metadata tell nothing.</returns>
    public static byte[] Create(JsonSerializerOptions options, Type type)
    {
        if (options.GetTypeInfo(type) is not { Kind: JsonTypeInfoKind.Object } info || info.Properties.Count == 0)
        {
            return Least.ToArray();
        }

        using var output = new MemoryStream();
        try
        {
            using var writer = new Utf8JsonWriter(output);
            new SampleObject(options, writer).WriteValue(info);
        }
        catch (NotSupportedException)
        {
            // A native application may lack the metadata of a member that no object of its users has.
            return Least.ToArray();
        }

        return output.ToArray();
    }

    private void WriteValue(JsonTypeInfo type)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                WriteObject(type);
                break;
            case JsonTypeInfoKind.Enumerable:
                _writer.WriteStartArray();
                WriteElement(type, name: null);
                _writer.WriteEndArray();
                break;
            case JsonTypeInfoKind.Dictionary:
                _writer.WriteStartObject();
                WriteElement(type, Text);
                _writer.WriteEndObject();
                break;
            default:
                _writer.WriteRawValue(Scalar(type.Type)!, skipInputValidation: true);
                break;
        }
    }

    private void WriteObject(JsonTypeInfo type)
    {
        var isNew = _written.Add(type.Type);
        _writer.WriteStartObject();
        foreach (var property in type.Properties.Where(property => isNew || property.IsRequired))
        {
            if (IsPlain(property) && _options.GetTypeInfo(property.PropertyType) is var value && CanWrite(value))
            {
                _writer.WritePropertyName(property.Name);
                WriteValue(value);
            }
        }

        _writer.WriteEndObject();
    }

    private void WriteElement(JsonTypeInfo type, string? name)
    {
        var element = _options.GetTypeInfo(type.ElementType!);
        if (!CanWrite(element))
        {
            return;
        }

        if (name is not null)
        {
            _writer.WritePropertyName(name);
        }

        WriteValue(element);
    }

    // A user's converter of a single member may take anything; the SDK's and the serializer's take values of the member's type.
    private static bool IsPlain(JsonPropertyInfo property) =>
        property.CustomConverter?.GetType().Assembly is not { } assembly || assembly == typeof(SampleObject).Assembly || assembly == typeof(JsonSerializer).Assembly;

    private static bool CanWrite(JsonTypeInfo type) => type.Kind != JsonTypeInfoKind.None || Scalar(type.Type) is not null;

    /// <returns>A value of the type as JSON, or null if nothing is known of it.</returns>
    private static string? Scalar(Type nullable)
    {
        var type = Nullable.GetUnderlyingType(nullable) ?? nullable;
        return type == typeof(string) ? $"\"{Text}\""
            : type == typeof(bool) ? "true"
            : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "\"2026-01-01T00:00:00Z\""
            : type == typeof(byte[]) ? "\"AA==\""
            : type == typeof(ResourceQuantity) ? "\"1\""
            : type == typeof(IntOrString) || type == typeof(decimal) || type.IsEnum || (type.IsPrimitive && type != typeof(char)) ? "1"
            : type == typeof(object) || type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(JsonObject) ? "{}"
            : null;
    }
}
