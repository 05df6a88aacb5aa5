using System.Net.Security;
using System.Text;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>An attack on connections or streams, by somebody who reaches the port and has no right to anything.</summary>
internal sealed record Attack(string Name, Func<Attacker, Task> RunAsync)
{
    public const string StalledStreamsName = "60 × 100 stalled streams";

    private static readonly SslApplicationProtocol Http1 = SslApplicationProtocol.Http11;
    private static readonly SslApplicationProtocol Http2 = SslApplicationProtocol.Http2;

    // The whole frames of a connection at once, so that the attacker needs less of the machine than the webhook.
    private const int Batch = 100;

    public static IReadOnlyList<Attack> All { get; } =
    [
        new("connections without a handshake", attacker => attacker.ConnectAsync(AttackSize.Of(1_500, 10_000))),
        new("handshakes without a request", attacker => attacker.OpenAsync(AttackSize.Of(1_500, 10_000), Http1)),
        new("idle HTTP/2 connections", attacker => attacker.OpenAsync(AttackSize.Of(1_500, 6_000), Http2, stream => SendAsync(stream, Http2Frames.Preface()))),
        new("idle connections that brought a review", attacker => attacker.OpenAsync(AttackSize.Of(1_000, 3_000), Http1, PostAsync)),
        new("stalled bodies", attacker => attacker.RepeatAsync(AttackSize.Of(300, 1_000), Http1, stream => StallAsync(attacker, stream, StalledBody))),
        new(StalledStreamsName, attacker => attacker.RepeatAsync(60, Http2, stream => StallAsync(attacker, stream, StalledStreams()))),
        new("100 clients that read nothing", attacker => attacker.RepeatAsync(50, Http1, stream => FloodAsync(attacker, stream, Reviews(), isHttp2: false))),
        new("100 clients without a window", attacker => attacker.RepeatAsync(50, Http2, stream => StallAsync(attacker, stream, ReviewsWithoutWindow()))),
        new("rapid reset", attacker => attacker.RepeatAsync(20, Http2, stream => FloodStreamsAsync(attacker, stream, first => ResetStreams(first)))),
        new("settings flood", attacker => attacker.RepeatAsync(20, Http2, stream => FloodAsync(attacker, stream, Repeat(Http2Frames.Frame(Http2Frames.Settings, 0, 0, Http2Frames.Setting(3, 100)))))),
        new("ping flood", attacker => attacker.RepeatAsync(20, Http2, stream => FloodAsync(attacker, stream, Repeat(Http2Frames.Frame(Http2Frames.Ping, 0, 0, new byte[8]))))),
        new("continuation flood", attacker => attacker.RepeatAsync(20, Http2, stream => FloodAsync(
            attacker, stream, Repeat(Http2Frames.Frame(Http2Frames.Continuation, 0, 1, Http2Frames.Header("x", new string('y', 100)))), Http2Frames.Frame(Http2Frames.Headers, 0, 1, Http2Frames.Post())))),
    ];

    private static byte[] StalledBody =>
        Encoding.ASCII.GetBytes("POST /mutate?timeout=30s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");

    public override string ToString() => Name;

    /// <summary>The headers and one byte of the body of 100 reviews.</summary>
    private static byte[] StalledStreams() =>
        [.. Http2Frames.Preface(), .. Streams(1, stream => [.. Http2Frames.Frame(Http2Frames.Headers, Http2Frames.EndHeaders, stream, Http2Frames.Post()), .. Http2Frames.Frame(Http2Frames.Data, 0, stream, "{"u8)])];

    /// <summary>Whole reviews, whose responses have nowhere to go.</summary>
    private static byte[] ReviewsWithoutWindow() =>
        [.. Http2Frames.Preface(window: 0), .. Streams(1, stream => [.. Http2Frames.Frame(Http2Frames.Headers, Http2Frames.EndHeaders, stream, Http2Frames.Post()), .. Http2Frames.Frame(Http2Frames.Data, Http2Frames.EndStream, stream, RecordedReviews.Pod)])];

    private static byte[] ResetStreams(int first) =>
        Streams(first, stream => [.. Http2Frames.Frame(Http2Frames.Headers, Http2Frames.EndHeaders, stream, Http2Frames.Post()), .. Http2Frames.Frame(Http2Frames.Reset, 0, stream, [0, 0, 0, 8])]);

    private static byte[] Reviews() => Repeat(ApiServerConnection.Request(RecordedReviews.Pod));

    private static byte[] Repeat(byte[] bytes) => [.. Enumerable.Repeat(bytes, Batch).SelectMany(one => one)];

    private static byte[] Streams(int first, Func<int, byte[]> of) => [.. Enumerable.Range(0, Batch).SelectMany(index => of(first + (2 * index)))];

    private static async Task SendAsync(SslStream stream, byte[] bytes) => await stream.WriteAsync(bytes);

    private static async Task PostAsync(SslStream stream)
    {
        await stream.WriteAsync(ApiServerConnection.Request(RecordedReviews.Pod));
        await RawHttpResponse.ReadAsync(stream, CancellationToken.None);
    }

    /// <summary>Sends and waits until the webhook closes the connection.</summary>
    private static async Task StallAsync(Attacker attacker, SslStream stream, byte[] bytes)
    {
        await stream.WriteAsync(bytes, attacker.Stop);
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, attacker.Stop) > 0)
        {
        }
    }

    /// <summary>Sends the same over and over, and reads nothing.</summary>
    private static async Task FloodAsync(Attacker attacker, SslStream stream, byte[] bytes, byte[]? first = null, bool isHttp2 = true)
    {
        if (isHttp2)
        {
            await stream.WriteAsync(Http2Frames.Preface(), attacker.Stop);
            await stream.WriteAsync(first ?? [], attacker.Stop);
        }

        while (true)
        {
            await stream.WriteAsync(bytes, attacker.Stop);
        }
    }

    private static async Task FloodStreamsAsync(Attacker attacker, SslStream stream, Func<int, byte[]> next)
    {
        await stream.WriteAsync(Http2Frames.Preface(), attacker.Stop);
        for (var first = 1; ; first += 2 * Batch)
        {
            await stream.WriteAsync(next(first), attacker.Stop);
        }
    }
}
