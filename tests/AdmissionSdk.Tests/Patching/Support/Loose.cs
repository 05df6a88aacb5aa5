using System.Text.Json.Nodes;

namespace AdmissionSdk.Tests.Patching.Support;

/// <summary>A user's class with members of no schema.</summary>
internal sealed class Loose
{
    public JsonArray? List { get; set; }

    public JsonObject? Map { get; set; }
}
