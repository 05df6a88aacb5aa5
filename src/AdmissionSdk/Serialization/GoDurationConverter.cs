using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Reads and writes <see cref="TimeSpan"/> as Kubernetes' <c>metav1.Duration</c>. KubernetesClient writes ISO 8601 (<c>PT5M</c>), which the API server
/// stores and no Go controller can decode, neither the object nor a list with it.
/// </summary>
internal sealed class GoDurationConverter : JsonConverter<TimeSpan>
{
    // As in Go, null is zero.
    public override bool HandleNull => true;

    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String when GoDurationText.TryParse(reader.GetString(), out var duration) => duration,
        _ => throw new JsonException("A duration is not a text such as 1h30m, 10s or 500ms."),
    };

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(GoDurationText.Format(value));
}
