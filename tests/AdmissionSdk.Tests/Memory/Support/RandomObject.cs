using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using k8s.Models;

namespace AdmissionSdk.Tests.Memory.Support;

/// <summary>Writes random objects of a type, from the type's JSON metadata: sparse and full, long lists of little and few long texts.</summary>
internal sealed class RandomObject(Random random, int mostValues)
{
    private const int MostDepth = 12;
    private int _values;

    // For each object: the part of it that is written, and the lengths of its lists and texts.
    private readonly double _fullness = random.NextDouble() * random.NextDouble();
    private readonly int _length = (int)Math.Pow(10, random.NextDouble() * 3.5);
    private readonly int _text = (int)Math.Pow(10, random.NextDouble() * 2.5);

    /// <summary>Makes a review of an object, and half of the time of an old one too.</summary>
    public static byte[] Review(Random random, Type type, int mostValues)
    {
        var (now, before) = (Create(random, type, mostValues), random.Next(2) == 0 ? Create(random, type, mostValues) : null);
        return Review(now, before);
    }

    public static byte[] Review(byte[] now, byte[]? before) =>
    [
        .. """{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"1f47f506-f904-41d8-92ba-8386164ed2a7","kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},"name":"a","namespace":"b","operation":"UPDATE","userInfo":{"username":"c"},"object":"""u8,
        .. now, .. ",\"oldObject\":"u8, .. before ?? "null"u8, .. "}}"u8,
    ];

    private static byte[] Create(Random random, Type type, int mostValues)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            new RandomObject(random, mostValues).Write(writer, Info(type), MostDepth);
        }

        return output.ToArray();
    }

    private static JsonTypeInfo Info(Type type) => AdmissionJson.Default.Options.GetTypeInfo(type);

    private void Write(Utf8JsonWriter writer, JsonTypeInfo type, int depth)
    {
        _values++;
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                writer.WriteStartObject();
                foreach (var property in type.Properties.Where(property => depth > 0 && _values < mostValues && (depth == MostDepth || random.NextDouble() < _fullness)))
                {
                    if (Info(property.PropertyType) is var value && (value.Kind != JsonTypeInfoKind.None || Plain(value.Type) is not null))
                    {
                        writer.WritePropertyName(property.Name);
                        Write(writer, value, depth - 1);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonTypeInfoKind.Enumerable:
                writer.WriteStartArray();
                WriteElements(writer, type, depth, named: false);
                writer.WriteEndArray();
                break;
            case JsonTypeInfoKind.Dictionary:
                writer.WriteStartObject();
                WriteElements(writer, type, depth, named: true);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteRawValue(Plain(type.Type)!, skipInputValidation: true);
                break;
        }
    }

    private void WriteElements(Utf8JsonWriter writer, JsonTypeInfo type, int depth, bool named)
    {
        var element = Info(type.ElementType!);
        var count = depth <= 0 || (element.Kind == JsonTypeInfoKind.None && Plain(element.Type) is null) ? 0 : random.Next(_length + 1);
        for (var i = 0; i < count && _values < mostValues; i++)
        {
            if (named)
            {
                writer.WritePropertyName($"{i:x}");
            }

            Write(writer, element, depth - 1);
        }
    }

    private string? Plain(Type nullable)
    {
        var type = Nullable.GetUnderlyingType(nullable) ?? nullable;
        return type == typeof(string) ? $"\"{new string('x', random.Next(_text))}\""
            : type == typeof(bool) ? "true"
            : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? "\"2026-01-01T00:00:00Z\""
            : type == typeof(byte[]) ? "\"AAAA\""
            : type == typeof(ResourceQuantity) ? $"\"{random.Next(1000)}Mi\""
            : type == typeof(IntOrString) ? random.Next(2) == 0 ? "1" : "\"50%\""
            : type == typeof(decimal) || type.IsEnum || (type.IsPrimitive && type != typeof(char)) ? "1"
            : type == typeof(object) || type == typeof(JsonElement) || type == typeof(JsonNode) || type == typeof(JsonObject) ? $$"""{"a":[{{random.Next(100)}},"b",{}]}"""
            : null;
    }
}
