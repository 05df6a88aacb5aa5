using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Memory;
using AdmissionSdk.Patching.Json;
using AdmissionSdk.Patching.Reading;

namespace AdmissionSdk.Contexts;

/// <summary>Turns raw JSON into a handler's type. Every error is "undecodable": converters throw many exception types, not just JsonException.</summary>
internal static class ObjectDecoder
{
    /// <exception cref="UndecodableObjectException">The JSON does not fit the type.</exception>
    /// <exception cref="ReviewMemoryException">The object may not fit into the memory.</exception>
    public static T Decode<T>(ReadOnlyMemory<byte> json, JsonSerializerOptions options, string member, IReviewMemory? memory, JsonIndex? index = null)
        where T : class
    {
        try
        {
            var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
            ReviewMemoryException.ThrowIfOver(memory, DecodingCost.OfModel(json.Span, ModelSize.Of(type)));
            return ObjectReader.Read(json.Span, type, index)
                ?? throw new UndecodableObjectException(member, typeof(T), innerException: null);
        }
        catch (Exception exception) when (exception is not (UndecodableObjectException or OutOfMemoryException or ReviewMemoryException))
        {
            throw new UndecodableObjectException(member, typeof(T), options, exception);
        }
    }

    public static JsonElement ParseElement(ReadOnlyMemory<byte> json, int maxDepth, string member, IReviewMemory? memory)
    {
        ReviewMemoryException.ThrowIfOver(memory, DecodingCost.OfElement(json.Span));
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
