using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>Somebody with one pod: opens connections, keeps them, and does on each what an attack does.</summary>
internal sealed class Attacker(IPAddress from, int port, CancellationToken stop) : IDisposable
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<(Socket Socket, IDisposable Owner)> _held = [];
    private int _opened;
    private int _failed;

    /// <summary>Ends when the attack is to end.</summary>
    public CancellationToken Stop => stop;

    /// <summary>The outcome of the connections.</summary>
    public string Outcome
    {
        get
        {
            var closed = _held.Count(held => IsClosed(held.Socket));
            return $"{_opened} connections opened, {_failed} not; of {_held.Count} kept the webhook has closed {closed}";
        }
    }

    /// <summary>Opens connections, and runs <paramref name="act"/> on each; a connection that breaks was broken by the webhook.</summary>
    public Task OpenAsync(int count, SslApplicationProtocol protocol, Func<SslStream, Task>? act = null, bool isKept = true) => EachAsync(count, async cancellationToken =>
    {
        var (socket, stream) = await TlsClient.OpenAsync(from, port, protocol, cancellationToken);
        Interlocked.Increment(ref _opened);
        if (isKept)
        {
            _held.Add((socket, stream));
        }

        try
        {
            await (act?.Invoke(stream) ?? Task.CompletedTask);
        }
        finally
        {
            if (!isKept)
            {
                await stream.DisposeAsync();
            }
        }
    });

    /// <summary>Opens connections and sends nothing, not even the begin of a handshake.</summary>
    public Task ConnectAsync(int count) => EachAsync(count, async cancellationToken =>
    {
        var socket = await TlsClient.ConnectAsync(from, port, cancellationToken);
        Interlocked.Increment(ref _opened);
        _held.Add((socket, socket));
    });

    /// <summary>Does the same over and over, on so many connections, until the attack ends.</summary>
    public Task RepeatAsync(int connections, SslApplicationProtocol protocol, Func<SslStream, Task> act) => Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
    {
        while (!stop.IsCancellationRequested)
        {
            await OpenAsync(1, protocol, act, isKept: false);
        }
    }));

    public void Dispose()
    {
        foreach (var (socket, owner) in _held)
        {
            // Cut, as a pod that is gone.
            socket.Dispose();
            owner.Dispose();
        }
    }

    private static bool IsClosed(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectError) || (socket.Poll(0, SelectMode.SelectRead) && IsAtEnd(socket));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    // Reads away what the server has sent, such as tickets and GOAWAY.
    private static bool IsAtEnd(Socket socket)
    {
        var buffer = new byte[4096];
        while (socket.Available > 0)
        {
            _ = socket.Receive(buffer);
        }

        return socket.Poll(0, SelectMode.SelectRead) && socket.Receive(buffer) == 0;
    }

    private Task EachAsync(int count, Func<CancellationToken, Task> one) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = CancellationToken.None }, async (_, _) =>
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            try
            {
                await one(patience.Token);
            }
            catch (Exception exception) when (Broken.Is(exception))
            {
                Interlocked.Increment(ref _failed);
            }
        });
}
