using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Writes a pair as "1-2".</summary>
internal sealed class PairConverter : JsonConverter<Pair>
{
    public override Pair? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var parts = reader.GetString()!.Split('-');
        return new Pair { Left = int.Parse(parts[0], CultureInfo.InvariantCulture), Right = int.Parse(parts[1], CultureInfo.InvariantCulture) };
    }

    public override void Write(Utf8JsonWriter writer, Pair value, JsonSerializerOptions options) => writer.WriteStringValue($"{value.Left}-{value.Right}");
}
