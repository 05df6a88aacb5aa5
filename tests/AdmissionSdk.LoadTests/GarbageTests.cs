using System.Diagnostics;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using k8s.Models;
using Xunit.Abstractions;

namespace AdmissionSdk.LoadTests;

/// <summary>What an anonymous caller may send: no server error, no growth, and the API server is served meanwhile.</summary>
public sealed class GarbageTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Post_Garbage_NoServerErrorAndNoGrowth()
    {
        await using var host = await StartAsync();
        var random = new Random(20260101);
        for (var i = 0; i < 300; i++)
        {
            await PostAsync(host, random);
        }

        var (memory, threads) = (GC.GetTotalMemory(forceFullCollection: true), ThreadsBesideThePool());
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < LoadSize.Of(1_000, 10_000); i++)
        {
            var (status, body) = await PostAsync(host, random);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            Assert.True(status < 500, $"{status}: {body}");
        }

        var (memoryAfter, threadsAfter, workers) = (GC.GetTotalMemory(forceFullCollection: true), ThreadsBesideThePool(), ThreadPool.ThreadCount);
        ThreadPool.GetMinThreads(out var minimum, out _);
        output.WriteLine($"{string.Join(", ", statuses.Select(pair => $"{pair.Value} times {pair.Key}"))}; memory {memory >> 10} KiB, then {memoryAfter >> 10} KiB; threads {threads}, then {threadsAfter}, and {workers} of the pool, whose minimum is {minimum}");
        Assert.True(memoryAfter - memory < 16 << 20);
        Assert.True(threadsAfter - threads < 32);
        // The pool fills up to its minimum sooner or later, whatever is sent.
        Assert.True(workers < minimum + 64);
        Assert.Equal(200, (await host.PostAsync(LoadHost.Json(Reviews.Pod), "?timeout=5s")).Status);
    }

    [Fact]
    public async Task Connections_SlowAndHalfOpen_OthersAreServedAndSlowBodiesEndAtTheDeadline()
    {
        await using var host = await StartAsync();
        var connections = new List<TcpClient>();
        var head = $"POST /hook?timeout=1s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Reviews.Pod.Length}\r\n\r\n";
        try
        {
            for (var i = 0; i < 300; i++)
            {
                var connection = new TcpClient();
                connections.Add(connection);
                await connection.ConnectAsync(host.Address.Host, host.Address.Port);
                // Nothing; half a head; a head with half a body.
                var text = (i % 3) switch { 0 => "", 1 => head[..20], _ => head + "{\"kind\":" };
                await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));
            }

            for (var i = 0; i < 50; i++)
            {
                Assert.Equal(200, (await host.PostAsync(LoadHost.Json(Reviews.Pod), "?timeout=5s")).Status);
            }

            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            foreach (var slow in connections.Where((_, i) => i % 3 == 2))
            {
                Assert.Equal(408, (await HttpAnswer.ReadAsync(slow.GetStream(), patience.Token)).Status);
            }
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static int ThreadsBesideThePool() => Process.GetCurrentProcess().Threads.Count - ThreadPool.ThreadCount;

    private static Task<LoadHost> StartAsync() => LoadHost.StartAsync(webhooks => webhooks.AddValidating(
        "pods.load.example.com", hook => hook.Path("/hook").OnUndecodable(UndecodablePolicy.Deny).OnUnmatched(UnmatchedPolicy.Deny)
            .Handle<V1Pod>(_ => AdmissionResult.Allow())));

    private static async Task<(int Status, string Body)> PostAsync(LoadHost host, Random random)
    {
        using var content = Content(random);
        return await host.PostAsync(content, "?timeout=5s");
    }

    private static ByteArrayContent Content(Random random)
    {
        switch (random.Next(9))
        {
            case 0:
                var noise = new byte[random.Next(5_000)];
                random.NextBytes(noise);
                return LoadHost.Json(noise);
            case 1:
                return LoadHost.Json(Reviews.Pod[..random.Next(Reviews.Pod.Length)]);
            case 2:
                var depth = random.Next(1, 20_000);
                return Text("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":" + new string('[', depth) + new string(']', depth) + "}");
            case 3:
                return Text($"{{\"request\":{{\"uid\":{new string('9', random.Next(1, 3_000))}e{random.Next()}}}}}");
            case 4:
                return Text(string.Concat(Enumerable.Repeat("{\"request\":{},\"request\":{\"uid\":\"a\",\"uid\":\"b\"},\"kind\":1", 1)) + "}");
            case 5:
                var broken = Reviews.Pod.ToArray();
                broken[random.Next(broken.Length)] = 0xff;
                return LoadHost.Json(broken);
            case 6:
                return LoadHost.Json(Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Reviews.Pod)));
            case 7:
                using (var packed = new MemoryStream())
                {
                    using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                    {
                        gzip.Write(Reviews.Pod);
                    }

                    var content = LoadHost.Json(packed.ToArray());
                    if (random.Next(2) == 0)
                    {
                        content.Headers.ContentEncoding.Add("gzip");
                    }

                    return content;
                }

            default:
                return Text("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"\ud800\"}}");
        }
    }

    private static ByteArrayContent Text(string text) => LoadHost.Json(Encoding.UTF8.GetBytes(text));
}
