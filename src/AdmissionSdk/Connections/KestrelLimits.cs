using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AdmissionSdk.Connections;

/// <summary>
/// Limits of the server that fit API servers: what callers may leave in buffers, and for how long. A limit that the user has changed stays. Over HTTP/1.1, which API servers
/// speak (contract 6.3), a connection is one request; HTTP/2 is for proxies.
/// </summary>
internal static class KestrelLimits
{
    private const int KiB = 1024;

    // Every connection may fill its buffer while nothing reads, so one megabyte, the server's own default, would be half a gigabyte in all.
    private const int RequestBuffer = 64 * KiB;
    private const int ConnectionWindow = 128 * KiB;
    private const int StreamWindow = 64 * KiB;
    private const int StreamsPerConnection = 64;
    private const int HeaderField = 8 * KiB;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(30);
    private static readonly KestrelServerLimits Defaults = new();
    private static readonly MinDataRate Rate = new(bytesPerSecond: 16 * KiB, gracePeriod: TimeSpan.FromSeconds(5));

    public static void Apply(KestrelServerLimits kestrel, ConnectionLimits connections)
    {
        // For listeners of the user's own too, and for each of them: the guard has met its limits long before.
        kestrel.MaxConcurrentConnections ??= connections.AllSockets + connections.Connections;
        if (kestrel.MaxRequestBufferSize == Defaults.MaxRequestBufferSize)
        {
            kestrel.MaxRequestBufferSize = RequestBuffer;
        }

        if (kestrel.RequestHeadersTimeout == Defaults.RequestHeadersTimeout)
        {
            kestrel.RequestHeadersTimeout = HeadersTimeout;
        }

        if (IsDefault(kestrel.MinRequestBodyDataRate, Defaults.MinRequestBodyDataRate))
        {
            kestrel.MinRequestBodyDataRate = Rate;
        }

        if (IsDefault(kestrel.MinResponseDataRate, Defaults.MinResponseDataRate))
        {
            kestrel.MinResponseDataRate = Rate;
        }

        Apply(kestrel.Http2);
    }

    private static void Apply(Http2Limits http2)
    {
        if (http2.MaxStreamsPerConnection == Defaults.Http2.MaxStreamsPerConnection)
        {
            http2.MaxStreamsPerConnection = StreamsPerConnection;
        }

        if (http2.InitialConnectionWindowSize == Defaults.Http2.InitialConnectionWindowSize && http2.InitialStreamWindowSize == Defaults.Http2.InitialStreamWindowSize)
        {
            (http2.InitialStreamWindowSize, http2.InitialConnectionWindowSize) = (StreamWindow, ConnectionWindow);
        }

        if (http2.MaxRequestHeaderFieldSize == Defaults.Http2.MaxRequestHeaderFieldSize)
        {
            http2.MaxRequestHeaderFieldSize = HeaderField;
        }

        if (http2.KeepAlivePingDelay == Defaults.Http2.KeepAlivePingDelay)
        {
            http2.KeepAlivePingDelay = PingAfter;
        }
    }

    private static bool IsDefault(MinDataRate? rate, MinDataRate? normal) =>
        rate is not null && normal is not null && rate.BytesPerSecond.Equals(normal.BytesPerSecond) && rate.GracePeriod == normal.GracePeriod;
}
