namespace AdmissionSdk.EndToEnd.Tests.Agreement;

/// <summary>An API server a scenario can run on: the simulated one, or a real one.</summary>
internal interface IApiServerUnderTest
{
    /// <summary>Whether the simulator's model, and not an older server's behaviour, is to be expected.</summary>
    Version Version { get; }

    /// <summary>Makes a namespace for the scenario.</summary>
    Task<string> PrepareAsync(Scenario scenario);

    /// <summary>Registers the scenario's webhooks and waits until they are called.</summary>
    Task<IAsyncDisposable> InstallAsync(Scenario scenario, ScenarioApp app);

    /// <summary>Sends one request.</summary>
    Task<StepResult> SendAsync(Step step, string space);
}
