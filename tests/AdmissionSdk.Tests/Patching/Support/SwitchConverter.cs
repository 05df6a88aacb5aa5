using System.Text.Json;
using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>Shows whether <c>on</c> is true, and nothing else of the object; always the same two instances.</summary>
internal sealed class SwitchConverter : JsonConverter<Switch>
{
    public override Switch? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader).GetProperty("on").GetBoolean() ? Switch.On : Switch.Off;

    public override void Write(Utf8JsonWriter writer, Switch value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("on", ReferenceEquals(value, Switch.On));
        writer.WriteEndObject();
    }
}
