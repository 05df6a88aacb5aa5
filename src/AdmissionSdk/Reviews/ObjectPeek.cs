using System.Text.Json;

namespace AdmissionSdk.Reviews;

/// <summary>Reads <c>metadata.name</c> out of raw JSON without decoding the object.</summary>
internal static class ObjectPeek
{
    /// <summary>The name, or empty when there is none or the JSON is not an object with metadata.</summary>
    public static string MetadataName(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return "";
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ReviewJson.MaxDepth });
        return Enter(ref reader, "metadata"u8) && Enter(ref reader, "name"u8) && reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : "";
    }

    /// <summary>Moves the reader from before or at the start of an object to the value of one of its members.</summary>
    private static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (reader.TokenType == JsonTokenType.None)
        {
            reader.Read();
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(member);
            reader.Read();
            if (found)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
