using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>How a verb ended well: an object, or a Status.</summary>
internal sealed record VerbResult(int Code, JsonObject? Object, JsonObject? Status = null);
