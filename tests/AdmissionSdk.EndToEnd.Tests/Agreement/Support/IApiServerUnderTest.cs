namespace AdmissionSdk.EndToEnd.Tests.Agreement.Support;

/// <summary>An API server that a scenario can run on: the simulator, or a real kube-apiserver.</summary>
internal interface IApiServerUnderTest
{
    /// <summary>The version of Kubernetes: an older server than the simulator's model behaves otherwise in some scenarios.</summary>
    Version Version { get; }

    /// <summary>Makes a namespace for the scenario, and returns its name.</summary>
    Task<string> PrepareAsync(Scenario scenario);

    /// <summary>Registers the scenario's webhooks, and returns when the API server calls these webhooks.</summary>
    Task<IAsyncDisposable> InstallAsync(Scenario scenario, ScenarioApp app);

    /// <summary>Sends one request.</summary>
    Task<StepResult> SendAsync(Step step, string @namespace);
}
