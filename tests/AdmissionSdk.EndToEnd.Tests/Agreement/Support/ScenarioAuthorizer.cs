using AdmissionSdk.Cel;
using AdmissionSdk.Testing.Simulation;

namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>RBAC as far as the scenarios ask: the administrators' group may do everything, a service account of nobody nothing.</summary>
internal static class ScenarioAuthorizer
{
    public static CelAuthorizationDecision Authorize(SimulatedRequestOptions request, CelAuthorizationCheck check) =>
        new(check.ServiceAccount is null && request.Groups.Contains("system:masters"));
}
