using System.Text.Json.Serialization;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's class with what System.Text.Json allows beyond plain members.</summary>
internal sealed class Drawing
{
    public Shape? Shape { get; set; }

    [JsonConverter(typeof(PairConverter))]
    public Pair? Pair { get; set; }
}
