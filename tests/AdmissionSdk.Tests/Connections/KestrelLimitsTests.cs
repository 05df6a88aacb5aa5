using AdmissionSdk.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AdmissionSdk.Tests.Connections;

/// <summary>Kestrel's defaults are lowered, and limits that the user has set stay.</summary>
/// <remarks>Covers <see cref="KestrelLimits"/>.</remarks>
public sealed class KestrelLimitsTests
{
    private static readonly ConnectionLimits Limits = new(Connections: 100, PerAddress: 50, Handshakes: 50, Requests: 100, TimeSpan.FromSeconds(30));

    [Fact]
    public void Apply_Defaults_AreLowered()
    {
        var (limits, normal) = (new KestrelServerLimits(), new KestrelServerLimits());

        KestrelLimits.Apply(limits, Limits);

        Assert.True(limits.MaxConcurrentConnections > Limits.AllSockets);
        Assert.True(limits.MaxRequestBufferSize * Limits.Connections <= 8 << 20);
        Assert.True(limits.RequestHeadersTimeout < normal.RequestHeadersTimeout);
        // Contract 6.4: the API server closes idle connections after 90 seconds, and must be the first to do so.
        Assert.True(limits.KeepAliveTimeout > TimeSpan.FromSeconds(90));
        Assert.True(limits.MinRequestBodyDataRate!.BytesPerSecond > normal.MinRequestBodyDataRate!.BytesPerSecond);
        Assert.True(limits.MinResponseDataRate!.BytesPerSecond > normal.MinResponseDataRate!.BytesPerSecond);
        Assert.True(limits.Http2.MaxStreamsPerConnection < normal.Http2.MaxStreamsPerConnection);
        Assert.True(limits.Http2.InitialConnectionWindowSize < normal.Http2.InitialConnectionWindowSize);
        Assert.True(limits.Http2.InitialStreamWindowSize <= limits.Http2.InitialConnectionWindowSize);
        Assert.True(limits.Http2.KeepAlivePingDelay < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Apply_LimitsOfTheUser_Stay()
    {
        var limits = new KestrelServerLimits
        {
            MaxConcurrentConnections = 7,
            MaxRequestBufferSize = null,
            RequestHeadersTimeout = TimeSpan.FromSeconds(60),
            MinRequestBodyDataRate = null,
            MinResponseDataRate = new MinDataRate(1, TimeSpan.FromSeconds(2)),
            Http2 = { MaxStreamsPerConnection = 250, InitialStreamWindowSize = 1 << 20, MaxRequestHeaderFieldSize = 1 << 20, KeepAlivePingDelay = TimeSpan.FromSeconds(90) },
        };

        KestrelLimits.Apply(limits, Limits);

        Assert.Equal((7L, (long?)null, TimeSpan.FromSeconds(60)), (limits.MaxConcurrentConnections, limits.MaxRequestBufferSize, limits.RequestHeadersTimeout));
        Assert.Null(limits.MinRequestBodyDataRate);
        Assert.Equal(1, limits.MinResponseDataRate!.BytesPerSecond);
        Assert.Equal((250, 1 << 20, 1 << 20), (limits.Http2.MaxStreamsPerConnection, limits.Http2.InitialStreamWindowSize, limits.Http2.MaxRequestHeaderFieldSize));
        Assert.Equal(TimeSpan.FromSeconds(90), limits.Http2.KeepAlivePingDelay);
    }
}
