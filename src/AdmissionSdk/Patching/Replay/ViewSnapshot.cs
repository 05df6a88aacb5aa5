using AdmissionSdk.Patching.Json;

namespace AdmissionSdk.Patching.Replay;

/// <summary>A view at one moment: its JSON, and every object in it with its place.</summary>
internal readonly record struct ViewSnapshot(JsonTree Json, IReadOnlyList<GraphNode> Objects);
