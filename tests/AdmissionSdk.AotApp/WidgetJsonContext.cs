using System.Text.Json.Serialization;

namespace AdmissionSdk.AotApp;

/// <summary>The serializer context that a user of NativeAOT gives the SDK.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Widget))]
internal sealed partial class WidgetJsonContext : JsonSerializerContext;
