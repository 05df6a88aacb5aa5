using AdmissionSdk.Testing.Simulation.Calls;
using AdmissionSdk.Testing.Simulation.Matching;

namespace AdmissionSdk.Testing.Simulation.Dispatch;

/// <summary>What both phases work with.</summary>
internal sealed record DispatchServices(
    SimulatedApiServerOptions Options,
    WebhookMatcher Matcher,
    SimulatedWebhookCaller Caller,
    ObjectPatcher Patcher,
    Func<string, TimeSpan> Latency);
