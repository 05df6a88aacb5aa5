namespace AdmissionSdk.Health;

/// <summary>Metadata of a health endpoint that answers on one port of the application only; <c>manifests</c> compares it with the port that the probes ask.</summary>
/// <param name="port">The port.</param>
public sealed class HealthPort(int port)
{
    /// <summary>The port.</summary>
    public int Port { get; } = port;
}
