using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Reading;

namespace AdmissionSdk.Contexts;

/// <summary>Turns raw JSON into a handler's type. Every error is "undecodable": converters throw many exception types, not just JsonException.</summary>
internal static class ObjectDecoder
{
    public static T Decode<T>(ReadOnlyMemory<byte> json, JsonSerializerOptions options, string member, JsonIndex? index = null)
        where T : class
    {
        DecodingCost.ThrowIfTooHigh(json.Span, member, typeof(T));
        try
        {
            return ObjectReader.Read(json.Span, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)), index)
                ?? throw new UndecodableObjectException(member, typeof(T), innerException: null);
        }
        catch (Exception exception) when (exception is not (UndecodableObjectException or OutOfMemoryException))
        {
            throw new UndecodableObjectException(member, typeof(T), exception);
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
