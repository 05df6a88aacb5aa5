using System.Text.Json;

namespace AdmissionSdk.Reviews;

/// <summary>Reads values of a review, each with a reader of its own.</summary>
internal static class ReviewJson
{
    /// <summary>The nesting at which kube-apiserver's own decoder stops (10,000), plus the envelope. The handler's view has a tighter limit of its own.</summary>
    public const int MaxDepth = 10_100;

    /// <summary>Starts a reader before a value.</summary>
    public static Utf8JsonReader Start(ReadOnlySpan<byte> value) => new(value, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>Moves to the next value; false when the value is not of that type, null included.</summary>
    public static bool TryEnter(ref Utf8JsonReader reader, JsonTokenType start) => reader.Read() && reader.TokenType == start;

    /// <summary>Moves to the name of the next member; null at the end of the object.</summary>
    public static string? ReadName(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;

    /// <summary>Reads the next value as a string; null stays null.</summary>
    public static string? ReadString(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }
}
