namespace AdmissionSdk.Health;

/// <summary>Metadata of a health endpoint that responds on one port of the application only; <c>manifests</c> compares that port with the port of the probes.</summary>
/// <param name="port">The port.</param>
public sealed class HealthPort(int port)
{
    /// <summary>The port.</summary>
    public int Port { get; } = port;
}
