using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's class with a map that is a list in JSON.</summary>
internal sealed class Crate
{
    [JsonConverter(typeof(NamedSizesConverter))]
    public Dictionary<string, int>? Named { get; set; }
}
