namespace AdmissionSdk.Health;

/// <summary>A condition that readiness waits for once, after the start.</summary>
internal interface IStartupGate
{
    bool IsOpen { get; }

    string WaitingFor { get; }
}
