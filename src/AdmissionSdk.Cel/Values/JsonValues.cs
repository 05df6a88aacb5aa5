using System.Text.Json;

namespace AdmissionSdk.Cel.Values;

/// <summary>JSON as values, as the API server reads objects: a number without fraction and exponent is an int if it fits, every other a double.</summary>
internal static class JsonValues
{
    public static CelValue Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonMapValue(element),
        JsonValueKind.Array => new JsonListValue(element),
        JsonValueKind.String => Text(element),
        JsonValueKind.Number => Number(element),
        JsonValueKind.True => BoolValue.True,
        JsonValueKind.False => BoolValue.False,
        _ => NullValue.Instance,
    };

    private static CelValue Number(JsonElement element) =>
        element.TryGetInt64(out var whole) ? IntValue.Of(whole) : new DoubleValue(element.GetDouble());

    private static StringValue Text(JsonElement element)
    {
        try
        {
            return new StringValue(element.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as "\ud800", which Go reads as U+FFFD.
            return new StringValue(LoneSurrogates.Replace(element.GetRawText()));
        }
    }
}
