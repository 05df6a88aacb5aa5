using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Serialization;

namespace AdmissionSdk.Tests.Serialization.Support;

/// <summary>Reads and writes with the SDK's options.</summary>
internal static class Json
{
    public static JsonTypeInfo<T> Info<T>() => (JsonTypeInfo<T>)ObjectJson.Default.GetTypeInfo(typeof(T));

    public static T Read<T>(string json) => JsonSerializer.Deserialize(json, Info<T>())!;

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Info<T>());
}
