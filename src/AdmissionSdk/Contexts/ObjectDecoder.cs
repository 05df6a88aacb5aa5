using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace AdmissionSdk.Contexts;

/// <summary>Turns raw JSON into a handler's type. Every error is "undecodable": converters throw many exception types, not just JsonException.</summary>
internal static class ObjectDecoder
{
    public static T Decode<T>(ReadOnlyMemory<byte> json, JsonSerializerOptions options, string member)
        where T : class
    {
        DecodingCost.ThrowIfTooHigh(json.Span, member, typeof(T));
        try
        {
            var typeInfo = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            return JsonSerializer.Deserialize(json.Span, typeInfo)
                ?? throw new UndecodableObjectException(member, typeof(T), innerException: null);
        }
        catch (Exception exception) when (exception is not UndecodableObjectException)
        {
            throw new UndecodableObjectException(member, typeof(T), options, exception);
        }
    }

    public static JsonElement ParseElement(ReadOnlyMemory<byte> json, int maxDepth, string member)
    {
        try
        {
            return JsonElement.Parse(json.Span, new JsonDocumentOptions { MaxDepth = maxDepth });
        }
        catch (JsonException exception)
        {
            throw new UndecodableObjectException(member, typeof(JsonElement), exception);
        }
    }
}
