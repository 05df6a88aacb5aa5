using AdmissionSdk.Testing.Rules.Versions;
using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Matching;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>The services of both phases.</summary>
internal sealed record DispatchParts(
    SimulatedApiServerOptions Options,
    ServerBehaviour Behaviour,
    WebhookMatcher Matcher,
    SimulatedWebhookCaller Caller,
    ObjectPatcher Patcher,
    Func<string, TimeSpan> Latency);
