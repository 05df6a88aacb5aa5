using AdmissionSdk.Memory;

namespace AdmissionSdk.Connections;

/// <summary>The limits in force: what was set, and for the rest what the memory allows.</summary>
/// <param name="Connections">The most connections that are not being closed.</param>
/// <param name="PerAddress">The most of one address that have not brought a review.</param>
/// <param name="Handshakes">The most TLS handshakes.</param>
/// <param name="Requests">The most requests for reviews.</param>
/// <param name="FirstRequestTimeout">The time to the first request.</param>
internal sealed record ConnectionLimits(int Connections, int PerAddress, int Handshakes, int Requests, TimeSpan FirstRequestTimeout)
{
    /// <summary>The time that a closed connection has to take leave, before it is cut.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>The connections that may take leave at once; of more, the oldest is cut.</summary>
    public int Leaving => Math.Max(16, Connections / 8);

    /// <summary>The sockets, those included that are being cut, from which on an address with more than a few is refused.</summary>
    public int Sockets => (2 * Connections) + Leaving;

    /// <summary>The sockets from which on everybody is refused.</summary>
    public int AllSockets => Sockets + 64;

    public static ConnectionLimits Of(AdmissionConnectionOptions options, MemoryAllowance memory)
    {
        var connections = options.MaxConnections ?? memory.CountConnections(least: 64, most: 4096);
        return new(
            connections,
            options.MaxConnectionsPerAddress ?? connections / 2,
            options.MaxHandshakes ?? connections / 2,
            options.MaxRequests ?? memory.CountStreams(least: 32, most: 2048),
            options.FirstRequestTimeout);
    }
}
