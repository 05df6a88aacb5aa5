using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>Writes negative quantities as what they are: KubernetesClient makes "-1" into "-0.000000000000000001E".</summary>
internal sealed class ExactResourceQuantityConverter : JsonConverter<ResourceQuantity>
{
    // A number's own text, not what a double makes of it.
    public override ResourceQuantity? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new ResourceQuantity(reader.GetString()!),
        JsonTokenType.Number => new ResourceQuantity(Encoding.UTF8.GetString(reader.ValueSpan)),
        _ => throw new JsonException("A quantity is neither a string nor a number."),
    };

    public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options)
    {
        var text = value.ToString();
        if (text.StartsWith('-'))
        {
            text = "-" + new ResourceQuantity(-(decimal)value, 0, value.Format);
        }

        writer.WriteStringValue(text);
    }
}
