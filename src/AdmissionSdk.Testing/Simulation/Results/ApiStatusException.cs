using System.Text.Json.Nodes;
using AdmissionSdk.Testing.Rules.Json;

namespace AdmissionSdk.Testing.Simulation.Results;

/// <summary>Ends the request with a Status. Internal control flow: callers of the simulator see a response.</summary>
internal sealed class ApiStatusException(JsonObject status) : Exception(status.Text("message"))
{
    public JsonObject Status { get; } = status;
}
