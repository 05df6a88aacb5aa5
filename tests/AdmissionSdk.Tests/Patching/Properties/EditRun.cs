using AdmissionSdk.Patching;

namespace AdmissionSdk.Tests.Patching.Properties;

/// <summary>All there is to know of one edit.</summary>
internal sealed record EditRun(
    byte[] Raw,
    byte[] Before,
    IReadOnlyList<GraphNode> GraphBefore,
    byte[] After,
    IReadOnlyList<GraphNode> GraphAfter,
    byte[] Result,
    PatchResult Patch)
{
    public string PatchText => System.Text.Encoding.UTF8.GetString(Patch.Json.Span);
}
