using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Reads and writes quantities as Kubernetes does. KubernetesClient writes "-1" as "-0.000000000000000001E", never ends with "-1e3", throws at 30 digits, and
/// computes "1e999999999" digit by digit; requesters choose such texts.
/// </summary>
internal sealed class ExactResourceQuantityConverter : JsonConverter<ResourceQuantity>
{
    // A number's own text: a double would change it.
    public override ResourceQuantity? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => QuantityText.Parse(reader.GetString()),
        JsonTokenType.Number => QuantityText.Parse(Encoding.UTF8.GetString(reader.ValueSpan)),
        _ => throw new JsonException("A quantity is neither a string nor a number."),
    };

    public override void Write(Utf8JsonWriter writer, ResourceQuantity value, JsonSerializerOptions options) =>
        writer.WriteStringValue(QuantityText.Format(value));
}
