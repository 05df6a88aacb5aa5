using System.Text.Json.Nodes;

namespace AdmissionSdk.Testing.Simulation.Verbs;

/// <summary>The success of a verb: an object, or a Status.</summary>
internal sealed record VerbResult(int Code, JsonObject? Object, JsonObject? Status = null);
