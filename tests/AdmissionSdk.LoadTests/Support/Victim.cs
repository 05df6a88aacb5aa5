using System.Diagnostics;
using System.Net;

namespace AdmissionSdk.LoadTests.Support;

/// <summary>
/// A well-behaved API server with small reviews: some kept connections, and now and then a new one. Like Go's transport it replaces a kept connection that the server has closed,
/// and a review on a connection that breaks is lost (contract 8.4).
/// </summary>
internal sealed class Victim(IPAddress address, int port)
{
    private const int Workers = 4;
    private const int ReviewsOfAConnection = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly List<double> _times = [];
    private readonly Dictionary<string, int> _failures = [];

    public int Sent { get; private set; }

    public int Refused { get; private set; }

    /// <summary>The responses that allow a review without the patch that the policy asks for.</summary>
    public int AllowedUnread { get; private set; }

    public string Failures => string.Join(", ", _failures.Select(pair => $"{pair.Value} × {pair.Key}"));

    /// <summary>The time that a part of the reviews took at most, in milliseconds.</summary>
    public double Percentile(double part)
    {
        _times.Sort();
        return _times.Count == 0 ? 0 : _times[(int)Math.Min(_times.Count - 1, _times.Count * part)];
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => WorkAsync(stop)));

    private async Task WorkAsync(CancellationToken stop)
    {
        ApiServerConnection? connection = null;
        for (var count = 1; !stop.IsCancellationRequested; count++)
        {
            if (connection is not null && (count % ReviewsOfAConnection == 0 || connection.IsClosed))
            {
                await connection.DisposeAsync();
                connection = null;
            }

            connection = await SendAsync(connection);
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }

        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    /// <summary>Sends one review, and returns the connection if it can be kept.</summary>
    private async Task<ApiServerConnection?> SendAsync(ApiServerConnection? connection)
    {
        var uid = Guid.NewGuid().ToString();
        var started = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            connection ??= await ApiServerConnection.OpenAsync(address, port, patience.Token);
            var response = await connection.PostAsync(RecordedReviews.PodNamed("victim", uid), patience.Token);
            Note(response, uid, Stopwatch.GetElapsedTime(started));
            return connection;
        }
        catch (Exception exception) when (Broken.Is(exception))
        {
            Note($"{(connection is null ? "connect" : "review")}: {exception.GetType().Name}");
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            return null;
        }
    }

    private void Note(RawHttpResponse response, string uid, TimeSpan elapsed)
    {
        if (response.Status != 200 || !response.Body.Contains(uid, StringComparison.Ordinal))
        {
            Note($"{response.Status} {response.Body}");
            return;
        }

        lock (_lock)
        {
            Sent++;
            _times.Add(elapsed.TotalMilliseconds);
            AllowedUnread += response.Body.Contains("\"allowed\":true", StringComparison.Ordinal) && !response.Body.Contains("\"patch\":", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    private void Note(string failure)
    {
        lock (_lock)
        {
            Sent++;
            Refused++;
            _failures[failure] = _failures.GetValueOrDefault(failure) + 1;
        }
    }
}
