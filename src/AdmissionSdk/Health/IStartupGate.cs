namespace AdmissionSdk.Health;

/// <summary>Something that readiness waits for once, and never again.</summary>
internal interface IStartupGate
{
    bool IsOpen { get; }

    string WaitingFor { get; }
}
