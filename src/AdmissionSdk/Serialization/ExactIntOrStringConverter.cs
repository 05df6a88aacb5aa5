using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>Writes a number only if the text is spelled like one: KubernetesClient makes "0080" the number 80.</summary>
internal sealed class ExactIntOrStringConverter : JsonConverter<IntOrString>
{
    // A number's own text, so that a number too large for an int does not make the object undecodable.
    public override IntOrString? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("An IntOrString is neither a number nor a string."),
    };

    public override void Write(Utf8JsonWriter writer, IntOrString value, JsonSerializerOptions options)
    {
        // Kubernetes' own type holds an int32.
        if (int.TryParse(value.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == value.Value)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.Value);
        }
    }
}
