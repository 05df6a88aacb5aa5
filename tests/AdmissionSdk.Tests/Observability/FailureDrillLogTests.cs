using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using AdmissionSdk.Hosting;
using AdmissionSdk.Observability;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace AdmissionSdk.Tests.Observability;

/// <summary>A failure is one line of ours, and none of a library's: what Kestrel, ASP.NET Core and others make of it stays below Warning.</summary>
/// <remarks>Covers <see cref="ReviewObservation"/>, <see cref="Log"/>.</remarks>
public sealed class FailureDrillLogTests
{
    /// <summary>The drill, and the most lines of ours for one request.</summary>
    private static readonly Dictionary<string, (int Most, Func<KestrelHost, Task> Run)> Drills = new()
    {
        ["a handler that throws"] = (1, host => host.PostAsync(Review("throws"))),
        ["a handler that fails"] = (1, host => host.PostAsync(Review("fails"))),
        ["an object of another type"] = (1, host => host.PostAsync(TestReviews.CreatePod(review => review.Request()["object"]!["spec"] = 7))),
        ["a body that is not a review"] = (1, host => host.PostAsync("{}"u8.ToArray())),
        ["a body that is not JSON"] = (1, host => host.PostAsync("{"u8.ToArray())),
        ["a body of another type"] = (1, host => PostTextAsync(host)),
        ["a path that nobody serves"] = (0, host => host.GetAsync("/nowhere")),
        ["a head that is not HTTP"] = (0, host => SendAsync(host, "nonsense\r\n\r\n")),
        ["TLS on a plain port"] = (0, host => SendAsync(host, "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u0000")),
        ["a body that ends early"] = (1, host => SendAsync(host, "POST /hook?timeout=10s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")),
        ["a body larger than the limit"] = (1, host => SendAsync(host, "POST /hook?timeout=10s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n{")),
        ["a chunk that is not one"] = (1, host => SendAsync(host, "POST /hook?timeout=10s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")),
    };

    public static TheoryData<string> Names => [.. Drills.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Drill_OfOneRequest_IsAtMostOneLineAndNoneOfALibrary(string what)
    {
        var (most, drill) = Drills[what];
        await using var host = await KestrelHost.StartAsync(webhooks => webhooks.AddValidatingWebhook(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(context =>
            context.Name == "throws" ? throw new TimeZoneNotFoundException("line 1\nline 2") : AdmissionResult.Fail("on purpose"))));
        var before = host.Logs.Count;

        await drill(host);

        var lines = host.Logs.Skip(before).Where(line => line.Level >= LogLevel.Warning || !IsFramework(line)).Where(line => line.Level >= LogLevel.Information).ToList();
        Assert.All(lines, line => Assert.StartsWith("AdmissionSdk", line.Category, StringComparison.Ordinal));
        Assert.True(lines.Count(line => line.Level >= LogLevel.Warning) <= most, $"{what}: {string.Join(" | ", lines.Select(line => $"{line.Level} {line.Message}"))}");
        Assert.All(lines, line => Assert.DoesNotContain('\n', line.Message));
    }

    // ASP.NET Core's lines of each request are at Information, which every template's settings turn off.
    private static bool IsFramework(FakeLogRecord line) => line.Category is { } category && category.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static byte[] Review(string name) => TestReviews.CreatePod(review => review.Request()["name"] = name);

    private static async Task PostTextAsync(KestrelHost host)
    {
        using var content = new StringContent("hello", Encoding.UTF8, new MediaTypeHeaderValue("text/plain"));
        using var response = await host.Client.PostAsync(new Uri("/hook", UriKind.Relative), content);
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Sends bytes, ends the connection's own half, and waits until the host has ended the other.</summary>
    private static async Task SendAsync(KestrelHost host, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text));
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            await stream.CopyToAsync(Stream.Null);
        }
        catch (IOException)
        {
            // The host may reset a connection of nonsense.
        }
    }
}
